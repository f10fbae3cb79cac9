def cost(prices, product, kg):
    if product in prices:
        return prices[product] * kg
