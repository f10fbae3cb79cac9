import random


def variant(seed):
    r = random.Random(seed)
    ill = r.choice([50, 100, 200])
    recall = r.choice([80, 90, 95])
    false_rate = r.choice([4, 5, 8, 10])
    found = ill * recall // 100
    alarms = (10000 - ill) * false_rate // 100
    return {
        "ill": ill,
        "share": f"{ill / 100:g}",
        "recall": recall,
        "false_rate": false_rate,
        "found": found,
        "alarms": alarms,
        "answer": f"{100 * found / (found + alarms):.1f}",
    }
