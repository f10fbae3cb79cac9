import numpy as np


def nearest(rows, point):
    differences = np.array(rows) - np.array(point)
    return int((differences ** 2).sum(axis=1).argmax())
