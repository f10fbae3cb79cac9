import random


def variant(seed):
    r = random.Random(seed)
    a, b = r.sample(range(11, 60), 2)
    return {
        "a": a,
        "b": b,
        "sum": a + b,
        "product": a * 3,
        "joined": f"{a}{b}",
        "repeated": f"{a}{a}{a}",
    }
