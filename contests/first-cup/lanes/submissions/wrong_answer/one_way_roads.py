# The way back in odd hours is forgotten.
import sys
from collections import deque

n, m, *ends = map(int, sys.stdin.read().split())
roads = [[] for _ in range(n + 1)]
for i in range(0, 2 * m, 2):
    roads[ends[i]].append(ends[i + 1])
hours = {1: 0}
queue = deque([1])
while queue:
    village = queue.popleft()
    for other in roads[village]:
        if other not in hours:
            hours[other] = hours[village] + hours[village] % 2 + 1
            queue.append(other)
print(hours.get(n, -1))
