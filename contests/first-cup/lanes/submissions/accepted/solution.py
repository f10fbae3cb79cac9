import sys
from collections import deque


def main():
    n, m, *ends = map(int, sys.stdin.read().split())
    even = [[] for _ in range(n + 1)]
    odd = [[] for _ in range(n + 1)]
    for i in range(0, 2 * m, 2):
        a, b = ends[i], ends[i + 1]
        even[a].append(b)
        odd[b].append(a)

    # A place is a village together with the parity of the hour.
    seen = [[False, False] for _ in range(n + 1)]
    seen[1][0] = True
    queue = deque([(1, 0)])
    while queue:
        village, hour = queue.popleft()
        if village == n:
            print(hour)
            return
        roads = odd if hour % 2 else even
        later = (hour + 1) % 2
        for other in [village, *roads[village]]:
            if not seen[other][later]:
                seen[other][later] = True
                queue.append((other, hour + 1))
    print(-1)


main()
