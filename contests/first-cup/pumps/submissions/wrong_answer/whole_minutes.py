# Whole division: the part of a minute is lost.
v, n = map(int, input().split())
pumps = sorted(tuple(map(int, input().split())) for _ in range(n))
missing = 1000 * v
rate = 0
now = 0
for minute, litres in pumps:
    if rate > 0 and missing <= rate * (minute - now):
        break
    missing -= rate * (minute - now)
    now = minute
    rate += 60 * litres
print(now + missing // rate)
