def fare(people, price):
    return people * price
