count = 0
total = 0
while True:
    price = int(input())
    if price != 0:
        count += 1
        total += price
print(count)
print(total)
