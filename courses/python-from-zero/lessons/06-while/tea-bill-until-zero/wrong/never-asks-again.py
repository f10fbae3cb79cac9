count = 0
total = 0
price = int(input())
while price != 0:
    count = count + 1
    total = total + price
print(count)
print(total)
