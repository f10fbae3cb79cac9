item = "Nar"
kg = 3
price = 4
