# The built-in sum is fast, but it still adds the readings anew for every question.
import sys

n, q, *rest = map(int, sys.stdin.read().split())
readings = rest[:n]
for i in range(n, n + 2 * q, 2):
    print(sum(readings[rest[i] - 1 : rest[i + 1]]))
