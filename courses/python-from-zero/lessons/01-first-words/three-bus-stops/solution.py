print("Xiva")
print("Urganch")
print("Nukus")
