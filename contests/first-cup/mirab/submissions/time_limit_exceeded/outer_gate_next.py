# The right idea, but nothing is remembered: the same rest of the canal is looked at again and again.
import sys

sys.setrecursionlimit(10_000)
n, start, *rest = map(int, sys.stdin.read().split())
x = rest[0::2]
r = rest[1::2]


def walk(i, j, place, now):
    """Earliest end with gates i..j still shut."""
    at_i = max(now + abs(x[i] - place), r[i])
    if i == j:
        return at_i
    at_j = max(now + abs(x[j] - place), r[j])
    return min(walk(i + 1, j, x[i], at_i), walk(i, j - 1, x[j], at_j))


print(walk(0, n - 1, start, 0))
