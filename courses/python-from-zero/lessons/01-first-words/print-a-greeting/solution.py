print("Salam")
