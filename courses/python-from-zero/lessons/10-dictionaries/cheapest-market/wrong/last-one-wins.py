def cheapest(prices):
    best = ""
    lowest = 1000000
    for city, price in prices.items():
        if price < lowest:
            price = lowest
            best = city
    return best
