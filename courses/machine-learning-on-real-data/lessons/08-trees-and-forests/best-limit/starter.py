import numpy as np


def best_limit(values, target):
    return 0
