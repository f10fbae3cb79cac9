price = 13
people = 4
print("Total: price * people")
