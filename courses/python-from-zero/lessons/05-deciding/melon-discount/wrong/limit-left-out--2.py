kg = int(input())
if kg < 0:
    print(0)
elif kg > 50:
    print(kg * 3200)
elif kg >= 10:
    print(kg * 3600)
else:
    print(kg * 4000)
