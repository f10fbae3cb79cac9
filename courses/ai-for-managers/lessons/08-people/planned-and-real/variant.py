import random


def variant(seed):
    r = random.Random(seed)
    cases = r.choice([3000, 6000, 9000])
    minutes = r.choice([6, 8, 10])
    share = r.choice([30, 40, 60])
    planned = cases * minutes // 60
    real = planned * share // 100
    return {
        "cases": cases,
        "minutes": minutes,
        "share": share,
        "planned": planned,
        "real": real,
        "lost": planned - real,
    }
