bill = float(input())
friends = float(input())
print(bill // friends)
print(bill % friends)
