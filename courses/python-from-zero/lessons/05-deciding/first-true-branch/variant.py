import random


def variant(seed):
    r = random.Random(seed)
    low = r.randint(10, 20)
    high = low + r.randint(4, 9)
    now = high + r.randint(1, 8)
    return {"low": low, "high": high, "now": now}
