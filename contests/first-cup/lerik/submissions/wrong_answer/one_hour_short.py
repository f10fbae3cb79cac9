# Hour b itself is left out.
import sys

n, q, *rest = map(int, sys.stdin.read().split())
before = [0]
for reading in rest[:n]:
    before.append(before[-1] + reading)
for i in range(n, n + 2 * q, 2):
    print(before[rest[i + 1] - 1] - before[rest[i] - 1])
