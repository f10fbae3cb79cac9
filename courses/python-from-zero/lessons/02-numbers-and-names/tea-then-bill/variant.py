import random


def variant(seed):
    r = random.Random(seed)
    tea, cups, more = r.randint(3, 9), r.randint(2, 6), r.randint(1, 4)
    new = tea + more
    return {
        "tea": tea,
        "cups": cups,
        "more": more,
        "new": new,
        "bill": tea * cups,
        "later": new * cups,
    }
