# Bread that is ready in the very minute in which the buyer leaves is taken for late.
import heapq

n = int(input())
orders = sorted(tuple(map(int, input().split()))[::-1] for _ in range(n))
taken = []
busy = 0
for leaves, minutes in orders:
    heapq.heappush(taken, -minutes)
    busy += minutes
    if busy >= leaves:
        busy += heapq.heappop(taken)
print(len(taken))
