bill = int(input())
friends = int(input())
print(bill // friends, bill % friends)
