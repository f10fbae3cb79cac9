# The colours are numbered from 0.
k = int(input())
panes = list(map(int, input().split()))
total = sum(panes)
if max(panes) > total // 2:
    print("NO")
else:
    ring = [0] * total
    place = 0
    for c in sorted(range(k), key=lambda c: -panes[c]):
        for _ in range(panes[c]):
            ring[place] = c
            place += 2
            if place >= total:
                place = 1
    print("YES")
    print(*ring)
