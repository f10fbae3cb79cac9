day = int(input())
hour = int(input())
if hour >= 8 and hour < 18:
    print("var")
else:
    print("yox")
