import random


def variant(seed):
    r = random.Random(seed)
    visits = r.choice([100, 200, 300, 400, 500])
    base = r.choice([2, 3, 4])
    precision = r.choice([15, 20, 25, 30])
    found, by_lot = visits * precision // 100, visits * base // 100
    return {
        "visits": visits,
        "base": base,
        "precision": precision,
        "found": found,
        "by_lot": by_lot,
        "more": found - by_lot,
    }
