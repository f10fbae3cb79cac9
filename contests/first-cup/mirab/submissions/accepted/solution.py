import sys


def main():
    n, start, *rest = map(int, sys.stdin.read().split())
    x = rest[0::2]
    r = rest[1::2]

    # Whatever the walk is, each gate can be opened when the mirab passes it for the last time.
    # Then the gates that are still shut always lie side by side, and an outer one is opened next.
    # left[i]: earliest second at which the gates i..j are the last shut ones and i is just opened,
    # right[i]: the same with j just opened; j - i falls from row to row.
    left = [max(abs(start - x[0]), r[0])]
    right = [max(abs(start - x[-1]), r[-1])]
    for length in range(n - 1, 0, -1):
        new_left = []
        new_right = []
        for i in range(n - length + 1):
            j = i + length - 1
            # before: gates i-1..j with i-1 just opened, or i..j+1 with j+1 just opened
            best_left = best_right = 10**18
            if i > 0:
                best_left = left[i - 1] + x[i] - x[i - 1]
                best_right = left[i - 1] + x[j] - x[i - 1]
            if j < n - 1:
                best_left = min(best_left, right[i] + x[j + 1] - x[i])
                best_right = min(best_right, right[i] + x[j + 1] - x[j])
            new_left.append(max(best_left, r[i]))
            new_right.append(max(best_right, r[j]))
        left, right = new_left, new_right
    print(min(left))


main()
