# Walks along the posts: right, but with far too many tests.
def passes(a, b):
    print("?", a, b, flush=True)
    return input() == "1"


n = int(input())
first = 1
while passes(first, first + 1):
    first += 1
last = n - 1
while passes(last, last + 1):
    last -= 1
print("!", first, last, flush=True)
