while True:
    try:
        n = int(input())
        if n >= 1 and n <= 20:
            break
    except ValueError:
        print("xəta")
print(n * 12)
