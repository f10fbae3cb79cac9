n = int(input())
frost = 0
total = 0
for i in range(n):
    t = float(input())
    total += t
    if t <= 0:
        frost += 1
print(frost)
print(f"{total / n:.1f}")
