def ticket(age, price):
    if age < 7:
        print(0)
    elif age < 18:
        print(price / 2)
    else:
        print(price)
