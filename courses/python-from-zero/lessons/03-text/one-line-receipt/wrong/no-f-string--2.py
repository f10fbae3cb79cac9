item = "Nar"
kg = 3
price = 4
print("Nar: 3 kg x 4 = 12 AZN")
