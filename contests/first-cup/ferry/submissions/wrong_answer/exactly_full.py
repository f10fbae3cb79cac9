# A truck that fills the deck to the last metre is left behind.
deck = int(input())
n = int(input())
sailings = 1
used = 0
aboard = 0
for _ in range(n):
    truck = int(input())
    if used > 0 and used + truck >= deck:
        sailings += 1
        used = 0
        aboard = 0
    used += truck
    aboard += 1
print(sailings)
print(aboard)
