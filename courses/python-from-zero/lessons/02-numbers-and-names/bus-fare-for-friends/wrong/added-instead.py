price = 13
people = 4
total = price + people
print("Total:", total)
