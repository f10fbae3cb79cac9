import sys

words = sys.stdin.buffer.read().split()
n, q = int(words[0]), int(words[1])

before = [0]  # before[i] is the sum of the first i readings
for word in words[2 : 2 + n]:
    before.append(before[-1] + int(word))

lines = []
at = 2 + n
for _ in range(q):
    a, b = int(words[at]), int(words[at + 1])
    at += 2
    lines.append(str(before[b] - before[a - 1]))
print("\n".join(lines))
