# As if every pump ran from minute 0.
v, n = map(int, input().split())
rate = 0
for _ in range(n):
    minute, litres = map(int, input().split())
    rate += litres * 60
print(1000 * v / rate)
