import random


def variant(seed):
    r = random.Random(seed)
    a, b, c = r.randint(12, 29), r.randint(12, 29), r.randint(12, 29)
    hidden = r.randint(1, 4)
    return {"a": a, "b": b, "c": c, "hidden": hidden, "shown": a + b + c, "total": a + b + c + hidden}
