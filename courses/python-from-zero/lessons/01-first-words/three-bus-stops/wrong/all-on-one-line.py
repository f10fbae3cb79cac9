print("Xiva Urganch Nukus")
