n = int(input())
count = 1
total = 0
while count < n:
    total = total + int(input())
    count = count + 1
print(total)
