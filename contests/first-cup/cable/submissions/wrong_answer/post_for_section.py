# Names the last broken section by the post behind it.
def passes(a, b):
    print("?", a, b, flush=True)
    return input() == "1"


n = int(input())
good, bad = 1, n
while bad - good > 1:
    middle = (good + bad) // 2
    if passes(1, middle):
        good = middle
    else:
        bad = middle
first = good
bad, good = 1, n
while good - bad > 1:
    middle = (good + bad) // 2
    if passes(middle, n):
        good = middle
    else:
        bad = middle
print("!", first, good, flush=True)
