def passes(a, b):
    print("?", a, b, flush=True)
    return input() == "1"


n = int(input())

# From post 1 the signal reaches `good`, it does not reach `bad`.
good, bad = 1, n
while bad - good > 1:
    middle = (good + bad) // 2
    if passes(1, middle):
        good = middle
    else:
        bad = middle
first = good

# The signal reaches post n from `good`, it does not reach it from `bad`.
bad, good = first, n
while good - bad > 1:
    middle = (good + bad) // 2
    if passes(middle, n):
        good = middle
    else:
        bad = middle

print("!", first, bad, flush=True)
