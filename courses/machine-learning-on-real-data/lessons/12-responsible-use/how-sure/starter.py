import numpy as np


def interval(right, total, sure):
    random = np.random.default_rng(0)
    return 0, 0
