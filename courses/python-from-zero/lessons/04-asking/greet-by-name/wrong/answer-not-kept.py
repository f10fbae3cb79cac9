input("name")
print(f"Salam, {name}!")
