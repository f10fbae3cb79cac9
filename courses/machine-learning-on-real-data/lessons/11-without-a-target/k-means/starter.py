import numpy as np


def assign(X, centres):
    return np.array([((centres - row) ** 2).sum(axis=1).argmin() for row in X])


def k_means(rows, centres):
    X = np.array(rows, dtype=float)
    centres = np.array(centres, dtype=float)
    return centres
