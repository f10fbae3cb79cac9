def cost(prices, product, kg):
    return prices["product"] * kg
