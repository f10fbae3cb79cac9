age = input()
if age < 7:
    print(0)
else:
    print(13)
