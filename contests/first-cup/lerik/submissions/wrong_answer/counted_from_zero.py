# The hours are taken to start at 0.
import sys

n, q, *rest = map(int, sys.stdin.read().split())
readings = rest[:n]
before = [0]
for reading in readings:
    before.append(before[-1] + reading)
for i in range(n, n + 2 * q, 2):
    a, b = rest[i], rest[i + 1]
    print(before[min(b + 1, n)] - before[a])
