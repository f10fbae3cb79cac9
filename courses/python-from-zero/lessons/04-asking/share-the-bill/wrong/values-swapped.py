friends = int(input())
bill = int(input())
print(bill // friends)
print(bill % friends)
