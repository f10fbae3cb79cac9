count = 0
total = 0
price = 1
while price != 0:
    price = int(input())
    total = total + price
    count = count + 1
print(count)
print(total)
