rows = int(input())
columns = int(input())
line = ""
for price in range(1, rows + 1):
    for kilos in range(1, columns + 1):
        line = line + str(price * kilos) + " "
    print(line)
