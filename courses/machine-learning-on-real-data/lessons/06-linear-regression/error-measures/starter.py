import numpy as np


def errors(truth, guess):
    return 0, 0, 0
