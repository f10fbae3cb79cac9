n = int(input())
for i in range(n):
    prices = []
    prices.append(float(input()))
print(f"{min(prices):.2f}")
print(f"{max(prices):.2f}")
print(f"{sum(prices) / len(prices):.2f}")
