import random


def variant(seed):
    r = random.Random(seed)
    sample, percent = r.choice([(60, 5), (100, 3), (150, 2), (300, 1)])
    answers = r.choice([2000, 3000, 4000, 6000])
    return {"sample": sample, "percent": percent, "answers": answers, "up_to": answers * percent // 100}
