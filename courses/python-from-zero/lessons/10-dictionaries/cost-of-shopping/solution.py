def cost(prices, product, kg):
    return prices.get(product, 0) * kg
