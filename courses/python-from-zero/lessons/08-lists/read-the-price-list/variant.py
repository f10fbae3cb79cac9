import random


def variant(seed):
    a, b, c, d, e, f = random.Random(seed).sample(range(11, 60), 6)
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}
