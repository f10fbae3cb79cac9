people = input()
price = input()
print(people + price)
