print("Bazar")
print("Qovun 8000")
print("Nar")
