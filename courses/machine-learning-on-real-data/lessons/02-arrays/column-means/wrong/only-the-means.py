import numpy as np


def deviations(rows):
    X = np.array(rows)
    return X.mean(axis=0)
