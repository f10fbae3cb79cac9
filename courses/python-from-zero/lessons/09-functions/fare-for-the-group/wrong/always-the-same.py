def fare(people, price):
    people = 3
    price = 12
    return people * price
