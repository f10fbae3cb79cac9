rows = int(input())
columns = int(input())
for a in range(1, rows + 1):
    line = ""
    for b in range(1, columns + 1):
        line = line + f"{a * b} "
        print(line)
