import random


def variant(seed):
    r = random.Random(seed)
    letters = r.choice([2000, 3000, 4000, 5000])
    read = r.choice([80, 90])
    bad = r.choice([2, 3])
    sure = letters * read // 100
    wrong = sure * bad // 100
    by_hand = letters - sure
    return {
        "letters": letters,
        "read": read,
        "bad": bad,
        "sure": sure,
        "wrong": wrong,
        "of_all": letters * bad // 100,
        "by_hand": by_hand,
        "both": wrong + by_hand,
    }
