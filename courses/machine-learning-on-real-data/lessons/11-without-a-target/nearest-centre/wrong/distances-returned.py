import numpy as np


def assign(rows, centres):
    centres = np.array(centres)
    labels = []
    for row in rows:
        squares = ((centres - np.array(row)) ** 2).sum(axis=1)
        labels.append(float(squares.min() ** 0.5))
    return labels
