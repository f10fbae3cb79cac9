while True:
    try:
        n = int(input())
        break
    except ValueError:
        print("xəta")
print(n * 12)
