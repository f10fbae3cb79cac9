# Always the most frequent colour that may stand here; among equals the colour that began the ring,
# so that it is used up early and does not meet itself at the seam.
import heapq

k = int(input())
panes = list(map(int, input().split()))
total = sum(panes)
if max(panes) > total // 2:
    print("NO")
else:
    start = panes.index(max(panes))
    heap = [(-many, 0 if c == start else 1, c) for c, many in enumerate(panes)]
    heapq.heapify(heap)
    ring = []
    held = None
    while heap:
        many, rank, c = heapq.heappop(heap)
        ring.append(c + 1)
        if held:
            heapq.heappush(heap, held)
        held = (many + 1, rank, c) if many < -1 else None
    print("YES")
    print(*ring)
