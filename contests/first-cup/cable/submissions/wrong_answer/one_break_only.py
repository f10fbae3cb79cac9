# As if only one section were broken.
n = int(input())
good, bad = 1, n
while bad - good > 1:
    middle = (good + bad) // 2
    print("?", 1, middle, flush=True)
    if input() == "1":
        good = middle
    else:
        bad = middle
print("!", good, good, flush=True)
