def fare(people, price):
    total = people * price
