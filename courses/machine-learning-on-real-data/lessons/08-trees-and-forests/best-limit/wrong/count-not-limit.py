import numpy as np


def best_limit(values, target):
    ordered = sorted(values)
    truth = np.array(target) == 1
    best = None
    best_count = -1
    for i in range(len(ordered) - 1):
        limit = (ordered[i] + ordered[i + 1]) / 2
        count = ((np.array(values) > limit) == truth).sum()
        if count > best_count:
            best = limit
            best_count = count
    return int(best_count)
