try:
    n = int(input())
except ValueError:
    print("xəta")
    n = int(input())
print(n * 12)
