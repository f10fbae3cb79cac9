print("Nukus")
print("Urganch")
print("Xiva")
