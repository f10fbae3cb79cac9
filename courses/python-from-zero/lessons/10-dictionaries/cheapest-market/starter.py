def cheapest(prices):
    return ""
