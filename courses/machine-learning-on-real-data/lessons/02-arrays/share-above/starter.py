import numpy as np


def share_above(values, limit):
    return 0
