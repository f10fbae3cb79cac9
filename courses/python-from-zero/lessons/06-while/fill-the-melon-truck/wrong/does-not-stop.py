limit = int(input())
count = 0
total = 0
while total <= limit:
    weight = int(input())
    if total + weight <= limit:
        total += weight
        count += 1
print(count)
print(total)
