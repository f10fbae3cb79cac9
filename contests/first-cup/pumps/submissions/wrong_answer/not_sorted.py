# The pumps are taken in the order in which they are listed.
v, n = map(int, input().split())
missing = 1000 * v
rate = 0
now = 0
for _ in range(n):
    minute, litres = map(int, input().split())
    if rate > 0 and missing <= rate * (minute - now):
        break
    missing -= rate * (minute - now)
    now = minute
    rate += 60 * litres
print(now + missing / rate)
