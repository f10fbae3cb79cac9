print("Leyla", "Bazar 9:00")
