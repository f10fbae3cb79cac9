import random


def variant(seed):
    r = random.Random(seed)
    while True:
        size = r.randint(7, 12)
        crates = r.randint(4, 9)
        left = r.randint(1, size - 1)
        missing = size - left
        if len({crates, left, missing}) == 3:
            break
    return {
        "apples": size * crates + left,
        "size": size,
        "crates": crates,
        "left": left,
        "missing": missing,
    }
