def fare(people, price):
    people = int(input())
    price = int(input())
    return people * price
