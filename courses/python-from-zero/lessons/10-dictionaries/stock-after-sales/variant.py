import random


def variant(seed):
    r = random.Random(seed)
    a, b, d, e = r.sample(range(20, 60), 4)
    sold = r.randint(3, 15)
    return {"a": a, "b": b, "d": d, "e": e, "sold": sold, "left": a - sold}
