import numpy as np


def share_above(values, limit):
    return float((values > limit).mean())
