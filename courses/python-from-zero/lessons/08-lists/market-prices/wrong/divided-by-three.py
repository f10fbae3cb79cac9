n = int(input())
prices = []
for i in range(n):
    prices.append(float(input()))
print(f"{min(prices):.2f}")
print(f"{max(prices):.2f}")
print(f"{sum(prices) / 3:.2f}")
