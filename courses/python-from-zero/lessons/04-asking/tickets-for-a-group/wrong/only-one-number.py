people = int(input())
price = input()
print(people * price)
