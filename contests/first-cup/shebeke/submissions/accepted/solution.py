k = int(input())
panes = list(map(int, input().split()))
total = sum(panes)

if max(panes) > total // 2:
    print("NO")
else:
    colours = sorted(range(k), key=lambda c: panes[c], reverse=True)
    ring = [0] * total
    place = 0
    for c in colours:
        for _ in range(panes[c]):
            ring[place] = c + 1
            place += 2
            if place >= total:
                place = 1
    print("YES")
    print(*ring)
