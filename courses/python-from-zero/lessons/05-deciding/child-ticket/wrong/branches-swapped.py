age = int(input())
if age < 7:
    print(13)
else:
    print(0)
