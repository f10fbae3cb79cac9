tries = 0
while tries < 3:
    pin = input()
    if pin == "2580":
        print("OK")
        break
    else:
        print("STOP")
    tries = tries + 1
