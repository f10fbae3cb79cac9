prices = [{{ first }}, {{ second }}, {{ third }}]
ordered = sorted(prices)
print(prices[0])
print(ordered[0], ordered[-1])
