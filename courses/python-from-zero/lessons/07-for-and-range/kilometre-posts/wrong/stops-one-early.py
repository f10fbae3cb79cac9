a = int(input())
b = int(input())
for i in range(a, b):
    print(i)
