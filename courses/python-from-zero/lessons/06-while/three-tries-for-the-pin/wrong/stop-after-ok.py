tries = 0
while tries < 3:
    pin = input("PIN: ")
    tries += 1
    if pin == "2580":
        print("OK")
        break
print("STOP")
