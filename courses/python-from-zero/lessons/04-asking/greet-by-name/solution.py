name = input("Ad? ")
print(f"Salam, {name}!")
