kg = int(input())
if kg < 0:
    print(0)
elif kg >= 50:
    print(kg * 4000 * 0.8)
elif kg >= 10:
    print(kg * 4000 * 0.9)
else:
    print(kg * 4000)
