def bill(teas, price):
    return teas * price
