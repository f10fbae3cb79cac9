people = input()
price = int(input())
print(people * price)
