# Before the first pump starts the rate is 0, and it is divided by.
v, n = map(int, input().split())
pumps = sorted(tuple(map(int, input().split())) for _ in range(n))
missing = 1000 * v
rate = 0
now = 0
for minute, litres in pumps:
    if minute > now:
        if now + missing / rate <= minute:
            break
        missing -= rate * (minute - now)
        now = minute
    rate += 60 * litres
print(f"{now + missing / rate:.9f}")
