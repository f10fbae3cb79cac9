def cheapest(prices):
    if prices == {}:
        return ""
    return min(prices.values())
