limit = int(input())
count = 0
total = 0
while total <= limit:
    weight = int(input())
    total = total + weight
    count = count + 1
print(count)
print(total)
