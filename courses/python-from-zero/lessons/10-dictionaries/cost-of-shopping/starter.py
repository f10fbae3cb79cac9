def cost(prices, product, kg):
    return 0
