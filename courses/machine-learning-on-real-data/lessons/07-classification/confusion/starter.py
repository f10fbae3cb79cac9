import numpy as np


def confusion(truth, guess):
    return 0, 0, 0, 0
