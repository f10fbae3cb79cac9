import random


def variant(seed):
    r = random.Random(seed)
    letters = r.choice([20, 40, 60, 80])
    saves = r.choice([6, 7, 8])
    check = r.choice([2, 3])
    bad = r.choice([5, 10])
    rewrite = letters * bad // 100
    gross = letters * saves
    return {
        "letters": letters,
        "saves": saves,
        "check": check,
        "bad": bad,
        "rewrite": rewrite,
        "gross": gross,
        "checking": letters * check,
        "rewriting": rewrite * 15,
        "no_check": gross - rewrite * 15,
        "no_rewrite": gross - letters * check,
        "net": gross - letters * check - rewrite * 15,
    }
