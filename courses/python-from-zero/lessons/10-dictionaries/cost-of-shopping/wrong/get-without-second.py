def cost(prices, product, kg):
    return prices.get(product) * kg
