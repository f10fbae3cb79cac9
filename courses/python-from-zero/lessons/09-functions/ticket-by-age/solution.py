def ticket(age, price):
    if age < 7:
        return 0
    if age < 18:
        return price / 2
    return price
