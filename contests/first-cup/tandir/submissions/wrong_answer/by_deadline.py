# The buyer who leaves first is served first, whatever the order costs: 20 points.
n = int(input())
orders = []
for _ in range(n):
    minutes, leaves = map(int, input().split())
    orders.append((leaves, minutes))
orders.sort()
busy = 0
ready = 0
for leaves, minutes in orders:
    if busy + minutes <= leaves:
        busy += minutes
        ready += 1
print(ready)
