def cheapest(prices):
    best = ""
    for city, price in prices.items():
        if best == "" or price <= prices[best]:
            best = city
    return best
