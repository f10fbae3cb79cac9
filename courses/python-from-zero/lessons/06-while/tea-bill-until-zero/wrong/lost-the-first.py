count = 0
total = 0
price = int(input())
while price != 0:
    price = int(input())
    count += 1
    total += price
print(count)
print(total)
