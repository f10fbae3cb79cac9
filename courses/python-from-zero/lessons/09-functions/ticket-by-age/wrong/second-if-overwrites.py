def ticket(age, price):
    result = price
    if age < 7:
        result = 0
    if age < 18:
        result = price / 2
    return result
