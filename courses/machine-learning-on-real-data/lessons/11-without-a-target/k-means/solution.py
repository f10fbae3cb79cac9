import numpy as np


def assign(X, centres):
    return np.array([((centres - row) ** 2).sum(axis=1).argmin() for row in X])


def k_means(rows, centres):
    X = np.array(rows, dtype=float)
    centres = np.array(centres, dtype=float)
    for step in range(100):
        labels = assign(X, centres)
        new = np.array([X[labels == j].mean(axis=0) for j in range(len(centres))])
        if np.allclose(new, centres):
            break
        centres = new
    return centres
