import numpy as np


def histogram(values, low, high, bins):
    return []
