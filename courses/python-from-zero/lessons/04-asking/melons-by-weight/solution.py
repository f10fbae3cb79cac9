kg = float(input())
price = float(input())
total = kg * price
print(f"{total:.2f}")
