prices = [{{ a }}, {{ b }}, {{ c }}, {{ d }}]
prices[0] = {{ e }}
prices.append({{ f }})
print(prices[1])
print(prices[-1])
print(len(prices))
