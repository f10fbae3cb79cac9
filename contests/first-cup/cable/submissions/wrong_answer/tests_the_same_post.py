# Asks about a post and itself when only one section is left.
def passes(a, b):
    print("?", a, b, flush=True)
    return input() == "1"


n = int(input())
low, high = 1, n
while low < high:
    middle = (low + high) // 2
    if passes(1, middle):
        low = middle + 1
    else:
        high = middle
first = low - 1
low, high = 1, n
while low < high:
    middle = (low + high + 1) // 2
    if passes(middle, n):
        high = middle - 1
    else:
        low = middle
print("!", first, low, flush=True)
