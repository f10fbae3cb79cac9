item = "Nar"
kg = 3
price = 4
print(f"{item}: {kg} kg x {price} = kg * price AZN")
