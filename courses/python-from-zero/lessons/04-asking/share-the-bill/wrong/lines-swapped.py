bill = int(input())
friends = int(input())
print(bill % friends)
print(bill // friends)
