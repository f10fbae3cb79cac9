import heapq

n = int(input())
orders = []
for _ in range(n):
    minutes, leaves = map(int, input().split())
    orders.append((leaves, minutes))
orders.sort()

# Orders by the buyer who leaves first; if one would be late, the longest of those taken is given up.
taken = []  # minutes, negative, so that the longest is on top
busy = 0
for leaves, minutes in orders:
    heapq.heappush(taken, -minutes)
    busy += minutes
    if busy > leaves:
        busy += heapq.heappop(taken)
print(len(taken))
