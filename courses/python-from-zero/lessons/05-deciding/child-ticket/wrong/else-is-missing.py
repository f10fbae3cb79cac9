age = int(input())
if age < 7:
    print(0)
print(13)
