# Every question adds the readings anew.
import sys

n, q, *rest = map(int, sys.stdin.read().split())
readings = rest[:n]
for i in range(n, n + 2 * q, 2):
    total = 0
    for hour in range(rest[i] - 1, rest[i + 1]):
        total += readings[hour]
    print(total)
