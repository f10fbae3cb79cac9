a = int(input())
b = int(input())
for km in range(a, b + 1):
    print(km)
