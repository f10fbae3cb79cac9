import numpy as np


def assign(rows, centres):
    labels = []
    for centre in centres:
        squares = ((np.array(rows) - np.array(centre)) ** 2).sum(axis=1)
        labels.append(int(squares.argmin()))
    return labels
