import random


def variant(seed):
    r = random.Random(seed)
    low = r.randint(2, 9) * 500
    first = low + r.randint(1, 6) * 500
    high = first + r.randint(1, 6) * 500
    others = [low, high]
    r.shuffle(others)
    return {"first": first, "second": others[0], "third": others[1], "low": low, "high": high}
