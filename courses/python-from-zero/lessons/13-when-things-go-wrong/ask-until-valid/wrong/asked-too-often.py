while True:
    try:
        n = int(input())
    except ValueError:
        print("xəta")
        continue
    if n > 1 and n < 20:
        break
    print("xəta")
print(n * 12)
