rows = int(input())
columns = int(input())
for a in range(1, rows + 1):
    for b in range(1, columns + 1):
        print(a * b)
