n = int(input())
count = 0
total = 0
while count < n:
    total += int(input())
    count += 1
print(total)
