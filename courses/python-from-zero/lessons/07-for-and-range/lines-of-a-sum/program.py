total = 0
for number in range(1, 11):
    total = total + number
print(total)
