def bill(teas, price, service):
    total = teas * price
    return total + total * service / 100
