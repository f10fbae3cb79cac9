def fare(people, price):
    print(people * price)
