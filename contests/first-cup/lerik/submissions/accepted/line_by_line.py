# Reads with input(), line after line, until all readings are there.
n, q = map(int, input().split())
before = [0]
while len(before) <= n:
    for word in input().split():
        before.append(before[-1] + int(word))
for _ in range(q):
    a, b = map(int, input().split())
    print(before[b] - before[a - 1])
