# Opens the gates in the order of their turns.
n, place = map(int, input().split())
gates = [tuple(map(int, input().split())) for _ in range(n)]
now = 0
for x, r in sorted(gates, key=lambda gate: gate[1]):
    now = max(now + abs(x - place), r)
    place = x
print(now)
