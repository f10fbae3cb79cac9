# Asks for the truck after the last one.
deck = int(input())
n = int(input())
trucks = [int(input()) for _ in range(n)]
sailings = 1
used = 0
aboard = 0
for i in range(n):
    used += trucks[i]
    aboard += 1
    if used + trucks[i + 1] > deck:
        sailings += 1
        used = 0
        aboard = 0
print(sailings)
print(aboard)
