price = 13
people = 4
print(price * people)
