import numpy as np


def nearest(rows, point):
    differences = np.array(rows) - np.array(point)
    return int(np.abs(differences.sum(axis=1)).argmin())
