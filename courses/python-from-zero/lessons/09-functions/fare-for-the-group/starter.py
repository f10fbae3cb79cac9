def fare(people, price):
    return 0
