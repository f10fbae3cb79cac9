# Takes the first colour that differs from its neighbour, and says NO when it is stuck.
k = int(input())
left = list(map(int, input().split()))
total = sum(left)
ring = []
for _ in range(total):
    for c in range(k):
        if left[c] and (not ring or ring[-1] != c + 1):
            left[c] -= 1
            ring.append(c + 1)
            break
if len(ring) < total or ring[0] == ring[-1]:
    print("NO")
else:
    print("YES")
    print(*ring)
