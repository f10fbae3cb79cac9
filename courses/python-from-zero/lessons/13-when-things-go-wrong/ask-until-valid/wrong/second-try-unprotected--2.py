n = int(input())
while n < 1 or n > 20:
    print("xəta")
    n = int(input())
print(n * 12)
