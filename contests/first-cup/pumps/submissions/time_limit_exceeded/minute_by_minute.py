# A large pond and a small pump take thousands of millions of minutes.
v, n = map(int, input().split())
pumps = sorted(tuple(map(int, input().split())) for _ in range(n))
missing = 1000 * v
rate = 0
now = 0
next_pump = 0
while True:
    while next_pump < n and pumps[next_pump][0] == now:
        rate += 60 * pumps[next_pump][1]
        next_pump += 1
    if rate > 0 and missing <= rate:
        break
    missing -= rate
    now += 1
print(f"{now + missing / rate:.9f}")
