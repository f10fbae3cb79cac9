# All readings are expected on the second line.
n, q = map(int, input().split())
readings = list(map(int, input().split()))
before = [0]
for reading in readings:
    before.append(before[-1] + reading)
for _ in range(q):
    a, b = map(int, input().split())
    print(before[b] - before[a - 1])
