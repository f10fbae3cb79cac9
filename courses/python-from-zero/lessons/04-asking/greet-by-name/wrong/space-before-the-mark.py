name = input("Name: ")
print("Salam,", name, "!")
