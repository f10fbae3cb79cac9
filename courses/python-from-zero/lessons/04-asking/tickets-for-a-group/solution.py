people = int(input())
price = int(input())
print(people * price)
