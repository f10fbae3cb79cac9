price = 13
people = 4
