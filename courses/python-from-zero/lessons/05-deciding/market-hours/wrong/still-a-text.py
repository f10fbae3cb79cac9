day = input()
hour = input()
if day != 1 and hour >= 8 and hour < 18:
    print("var")
else:
    print("yox")
