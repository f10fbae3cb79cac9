print("Leyla")
print("Bazar 9:00")
