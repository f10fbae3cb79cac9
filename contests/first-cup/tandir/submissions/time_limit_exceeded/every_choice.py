# Tries every set of orders: 20 points.
import sys

n = int(input())
orders = sorted(tuple(map(int, input().split()))[::-1] for _ in range(n))


def most(i, busy):
    if i == n:
        return 0
    best = most(i + 1, busy)
    leaves, minutes = orders[i]
    if busy + minutes <= leaves:
        best = max(best, 1 + most(i + 1, busy + minutes))
    return best


sys.setrecursionlimit(30_000)
print(most(0, 0))
