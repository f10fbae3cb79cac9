# Searches in depth with a function that calls itself: a long road is too deep for Python.
import sys

n, m, *ends = map(int, sys.stdin.read().split())
roads = [[] for _ in range(n + 1)]
for i in range(0, 2 * m, 2):
    roads[ends[i]].append((ends[i + 1], 0))
    roads[ends[i + 1]].append((ends[i], 1))
earliest = [10**9] * (n + 1)


def visit(village, hour):
    earliest[village] = hour
    for other, parity in roads[village]:
        then = hour + (hour % 2 != parity) + 1
        if then < earliest[other]:
            visit(other, then)


visit(1, 0)
print(earliest[n] if earliest[n] < 10**9 else -1)
