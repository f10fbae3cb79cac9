# Tries the orders one after another.
import sys

sys.setrecursionlimit(100_000)
k = int(input())
left = list(map(int, input().split()))
total = sum(left)
ring = []


def lay():
    if len(ring) == total:
        return ring[0] != ring[-1]
    for c in range(k):
        if left[c] and (not ring or ring[-1] != c + 1):
            left[c] -= 1
            ring.append(c + 1)
            if lay():
                return True
            ring.pop()
            left[c] += 1
    return False


if lay():
    print("YES")
    print(*ring)
else:
    print("NO")
