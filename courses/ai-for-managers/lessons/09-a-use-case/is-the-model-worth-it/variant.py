import random


def variant(seed):
    r = random.Random(seed)
    worth = r.choice([50, 60, 70, 80])
    cost = r.choice([900, 1100, 1300])
    return {
        "worth": worth,
        "cost": cost,
        "gross": 40 * worth,
        "net": 40 * worth - cost,
        "no_lot": 64 * worth - cost,
        "weekly": 10 * worth - cost,
    }
