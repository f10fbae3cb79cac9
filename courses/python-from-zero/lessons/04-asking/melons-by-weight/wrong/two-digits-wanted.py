kg = float(input())
price = float(input())
print(round(kg * price, 2))
