print("Leyla")
print()
print("Bazar 9:00")
