def cheapest(prices):
    best = ""
    lowest = 0
    for city, price in prices.items():
        if price < lowest:
            lowest = price
            best = city
    return best
