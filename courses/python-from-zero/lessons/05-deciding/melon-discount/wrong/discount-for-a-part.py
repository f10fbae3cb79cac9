kg = int(input())
if kg < 0:
    print(0)
elif kg >= 50:
    print(9 * 4000 + 40 * 3600 + (kg - 49) * 3200)
elif kg >= 10:
    print(9 * 4000 + (kg - 9) * 3600)
else:
    print(kg * 4000)
