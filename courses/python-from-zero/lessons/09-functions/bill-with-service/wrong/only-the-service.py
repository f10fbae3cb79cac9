def bill(teas, price, service=10):
    total = teas * price
    return total * service / 100
