kg = int(input())
if kg < 0:
    price = 0
elif kg < 10:
    price = 4000
elif kg < 50:
    price = 3600
else:
    price = 3200
print(kg * price)
