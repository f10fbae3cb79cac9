# A shorter truck from behind takes the free place: nobody may overtake.
deck = int(input())
n = int(input())
waiting = [int(input()) for _ in range(n)]
sailings = 0
aboard = 0
while waiting:
    free = deck
    aboard = 0
    left = []
    for truck in waiting:
        if truck <= free:
            free -= truck
            aboard += 1
        else:
            left.append(truck)
    waiting = left
    sailings += 1
print(sailings)
print(aboard)
