total = number
for number in range(1, 10):
