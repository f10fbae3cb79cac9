bill = input()
friends = int(input())
print(bill // friends)
print(bill % friends)
