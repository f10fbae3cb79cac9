import random


def variant(seed):
    r = random.Random(seed)
    end, boxes = r.randint(5, 9), r.randint(3, 9)
    return {
        "end": end,
        "boxes": boxes,
        "times": (end - 1) * boxes,
        "too_many": end * boxes,
        "added": end - 1 + boxes,
        "shelves": end - 1,
    }
