rows = int(input())
columns = int(input())
for price in range(1, rows + 1):
    line = ""
    for kilos in range(1, columns + 1):
        line = line + f"{price * kilos} "
    print(line)
