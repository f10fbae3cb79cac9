import random

WORDS = ["Nar", "Alma", "Heyva", "Armud", "Qovun", "Tut", "Limon", "Gilas"]


def variant(seed):
    r = random.Random(seed)
    a, b, c, d = r.sample(WORDS, 4)
    return {"a": a, "b": b, "c": c, "d": d}
