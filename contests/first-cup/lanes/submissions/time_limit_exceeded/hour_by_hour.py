# Looks at every road in every hour.
import sys

n, m, *ends = map(int, sys.stdin.read().split())
roads = [(ends[i], ends[i + 1]) for i in range(0, 2 * m, 2)]
there = [False] * (n + 1)
there[1] = True
hour = 0
quiet = 0
while not there[n] and quiet < 2:
    arrived = []
    for a, b in roads:
        if hour % 2:
            a, b = b, a
        if there[a] and not there[b]:
            arrived.append(b)
    for village in arrived:
        there[village] = True
    quiet = 0 if arrived else quiet + 1
    hour += 1
print(hour if there[n] else -1)
