tries = 0
found = False
while tries < 3:
    pin = input("PIN: ")
    tries += 1
    if pin == "2580":
        found = True
if found:
    print("OK")
else:
    print("STOP")
