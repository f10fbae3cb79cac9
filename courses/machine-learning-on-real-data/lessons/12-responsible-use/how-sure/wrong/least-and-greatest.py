import numpy as np


def interval(right, total, sure):
    random = np.random.default_rng(0)
    answers = np.zeros(total)
    answers[:right] = 1
    means = []
    for i in range(1000):
        means.append(random.choice(answers, total).mean())
    rest = (1 - sure) / 2
    low = min(means)
    high = max(means)
    return round(float(low), 3), round(float(high), 3)
