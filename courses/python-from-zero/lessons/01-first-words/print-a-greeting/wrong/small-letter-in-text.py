print("salam")
