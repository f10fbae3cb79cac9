# The order that must be started first comes first.
n = int(input())
orders = [tuple(map(int, input().split())) for _ in range(n)]
orders.sort(key=lambda order: order[1] - order[0])
busy = 0
ready = 0
for minutes, leaves in orders:
    if busy + minutes <= leaves:
        busy += minutes
        ready += 1
print(ready)
