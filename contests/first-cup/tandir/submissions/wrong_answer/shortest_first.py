# Short orders first: a buyer in a hurry may be gone by then.
n = int(input())
orders = sorted(tuple(map(int, input().split())) for _ in range(n))
busy = 0
ready = 0
for minutes, leaves in orders:
    if busy + minutes <= leaves:
        busy += minutes
        ready += 1
print(ready)
