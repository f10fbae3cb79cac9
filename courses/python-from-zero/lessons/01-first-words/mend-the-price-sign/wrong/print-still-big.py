print("Bazar")
Print("Qovun 8000")
print("Nar 12000")
