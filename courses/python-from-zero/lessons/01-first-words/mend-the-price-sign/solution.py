print("Bazar")
print("Qovun 8000")
print("Nar 12000")
