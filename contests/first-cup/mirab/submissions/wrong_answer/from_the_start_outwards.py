# Lets the opened gates grow outwards from some gate, as one would if gates had to be opened in time.
import sys


def main():
    n, start, *rest = map(int, sys.stdin.read().split())
    x = rest[0::2]
    r = rest[1::2]
    left = [max(abs(start - x[i]), r[i]) for i in range(n)]
    right = left[:]
    for length in range(2, n + 1):
        new_left = []
        new_right = []
        for i in range(n - length + 1):
            j = i + length - 1
            new_left.append(max(r[i], min(left[i + 1] + x[i + 1] - x[i], right[i + 1] + x[j] - x[i])))
            new_right.append(max(r[j], min(right[i] + x[j] - x[j - 1], left[i] + x[j] - x[i])))
        left, right = new_left, new_right
    print(min(left[0], right[0]))


main()
