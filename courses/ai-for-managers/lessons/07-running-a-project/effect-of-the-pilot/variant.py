import random


def variant(seed):
    r = random.Random(seed)
    before_p = r.randint(20, 25)
    before_c = before_p - r.choice([1, 2])
    drop_c = r.choice([2, 3])
    effect = r.choice([6, 7, 8])
    drop_p = drop_c + effect
    after_p, after_c = before_p - drop_p, before_c - drop_c
    return {
        "before_p": before_p,
        "before_c": before_c,
        "after_p": after_p,
        "after_c": after_c,
        "drop_p": drop_p,
        "drop_c": drop_c,
        "effect": effect,
        "after_only": after_c - after_p,
    }
