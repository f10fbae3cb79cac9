# The rule for a row: in a ring of odd length one pane of the commonest colour is too many.
k = int(input())
panes = list(map(int, input().split()))
total = sum(panes)
if max(panes) > (total + 1) // 2:
    print("NO")
else:
    ring = [0] * total
    place = 0
    for c in sorted(range(k), key=lambda c: -panes[c]):
        for _ in range(panes[c]):
            ring[place] = c + 1
            place += 2
            if place >= total:
                place = 1
    print("YES")
    print(*ring)
