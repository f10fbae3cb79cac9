# The whole length divided by the deck: as if a truck could be cut in two.
deck = int(input())
n = int(input())
trucks = [int(input()) for _ in range(n)]
print((sum(trucks) + deck - 1) // deck)
free = sum(trucks) % deck or deck
aboard = 0
for truck in reversed(trucks):
    if truck > free:
        break
    free -= truck
    aboard += 1
print(aboard)
