deck = int(input())
n = int(input())

sailings = 0
free = deck
aboard = 0
for i in range(n):
    truck = int(input())
    if truck > free:
        sailings = sailings + 1
        free = deck
        aboard = 0
    free = free - truck
    aboard = aboard + 1

print(sailings + 1)
print(aboard)
