import numpy as np


def histogram(values, low, high, bins):
    counts, edges = np.histogram(values, bins=bins, range=(low, high))
    lines = []
    for count in counts:
        lines.append("#" * int(count))
    return lines
