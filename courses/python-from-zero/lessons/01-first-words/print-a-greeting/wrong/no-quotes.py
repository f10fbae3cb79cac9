print(Salam)
