import numpy as np


def nearest(rows, point):
    return 0
