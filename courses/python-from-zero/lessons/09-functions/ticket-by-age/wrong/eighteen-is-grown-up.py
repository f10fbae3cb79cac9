def ticket(age, price):
    if age < 7:
        return 0
    elif age <= 18:
        return price / 2
    else:
        return price
