n = int(input())
count = 0
while count < n:
    total = 0
    total = total + int(input())
    count = count + 1
print(total)
