import numpy as np


def histogram(values, low, high, bins):
    counts, edges = np.histogram(values, bins=bins, range=(low, high))
    for count in counts:
        print("#" * int(count))
