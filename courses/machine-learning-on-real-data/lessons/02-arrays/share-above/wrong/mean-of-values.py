import numpy as np


def share_above(values, limit):
    values = np.array(values)
    return float(values[values > limit].mean())
