# Goes to one end and then straight to the other.
n, s = map(int, input().split())
gates = [tuple(map(int, input().split())) for _ in range(n)]
best = None
for order in (gates, gates[::-1]):
    place, now = s, 0
    for x, r in order:
        now = max(now + abs(x - place), r)
        place = x
    if best is None or now < best:
        best = now
print(best)
