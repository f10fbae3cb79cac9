kg = float(input())
price = float(input())
print(kg * price)
