# The ferry that takes the end of the queue is not counted.
deck = int(input())
n = int(input())
sailings = 0
used = 0
aboard = 0
for _ in range(n):
    truck = int(input())
    if used + truck > deck:
        sailings += 1
        used = 0
        aboard = 0
    used += truck
    aboard += 1
print(sailings)
print(aboard)
