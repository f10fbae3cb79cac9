import random


def variant(seed):
    base = random.Random(seed).choice([3, 4, 5, 6, 7, 8, 9, 11])
    return {"base": base, "lazy": 100 - base, "vendor": 99 - base}
