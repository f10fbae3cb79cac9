# Drives on at once in every village.
import sys
from collections import deque

n, m, *ends = map(int, sys.stdin.read().split())
roads = [[[], []] for _ in range(n + 1)]
for i in range(0, 2 * m, 2):
    a, b = ends[i], ends[i + 1]
    roads[a][0].append(b)
    roads[b][1].append(a)
hours = {(1, 0): 0}
queue = deque([(1, 0)])
while queue:
    village, parity = queue.popleft()
    for other in roads[village][parity]:
        if (other, 1 - parity) not in hours:
            hours[other, 1 - parity] = hours[village, parity] + 1
            queue.append((other, 1 - parity))
print(min((hours[n, parity] for parity in (0, 1) if (n, parity) in hours), default=-1))
