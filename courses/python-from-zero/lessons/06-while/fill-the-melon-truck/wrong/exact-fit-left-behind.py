limit = int(input())
count = 0
total = 0
while True:
    weight = int(input())
    if total + weight >= limit:
        break
    total += weight
    count += 1
print(count)
print(total)
