a = int(input())
b = int(input())
for i in range(b + 1):
    print(i)
