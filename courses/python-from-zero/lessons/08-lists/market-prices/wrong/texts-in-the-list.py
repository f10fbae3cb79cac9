n = int(input())
prices = []
for i in range(n):
    prices.append(input())
print(min(prices))
print(max(prices))
print(sum(prices) / len(prices))
