import random


def variant(seed):
    r = random.Random(seed)
    base = r.choice([1, 2, 5])
    recall, false = r.choice([(80, 5), (80, 10), (90, 5)])
    ill = 100 * base
    found = ill * recall // 100
    alarms = (10000 - ill) * false // 100
    return {
        "base": base,
        "recall": recall,
        "false": false,
        "ill": ill,
        "well": 10000 - ill,
        "found": found,
        "alarms": alarms,
        "both": found + alarms,
        "share": round(100 * found / (found + alarms)),
        "no_base": round(100 * recall / (recall + false)),
    }
