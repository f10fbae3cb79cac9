kg = int(input())
price = int(input())
total = kg * price
print(f"{total:.2f}")
