import numpy as np


def standardise(train, test):
    return test
