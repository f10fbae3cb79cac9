import random


def variant(seed):
    a, b = random.Random(seed).sample(range(4, 20), 2)
    return {"a": a, "b": b, "a2": a * 2, "a3": a * 3, "b3": b * 3}
