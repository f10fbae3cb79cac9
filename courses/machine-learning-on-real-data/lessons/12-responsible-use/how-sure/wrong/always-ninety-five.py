import numpy as np


def interval(right, total, sure):
    random = np.random.default_rng(0)
    answers = np.zeros(total)
    answers[:right] = 1
    means = []
    for i in range(1000):
        means.append(random.choice(answers, total).mean())
    rest = 0.025
    low = np.quantile(means, rest)
    high = np.quantile(means, 1 - rest)
    return round(float(low), 3), round(float(high), 3)
