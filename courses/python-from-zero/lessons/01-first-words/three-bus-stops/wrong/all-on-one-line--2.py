print("Xiva", "Urganch", "Nukus")
