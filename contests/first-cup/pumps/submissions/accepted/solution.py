v, n = map(int, input().split())
pumps = []
for _ in range(n):
    minute, litres = map(int, input().split())
    pumps.append((minute, 60 * litres))  # litres per minute
pumps.sort()

missing = 1000 * v
rate = 0
now = 0
for minute, more in pumps:
    if rate > 0 and missing <= rate * (minute - now):
        break
    missing -= rate * (minute - now)
    now = minute
    rate += more
print(f"{now + missing / rate:.9f}")
