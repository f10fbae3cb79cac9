rows = int(input())
columns = int(input())
for a in range(rows):
    line = ""
    for b in range(columns):
        line = line + f"{a * b} "
    print(line)
