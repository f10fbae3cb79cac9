name = input()
print("Salam, name!")
