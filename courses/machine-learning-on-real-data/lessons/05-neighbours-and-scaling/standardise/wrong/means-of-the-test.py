import numpy as np


def standardise(train, test):
    train = np.array(train)
    test = np.array(test)
    if len(test) == 1:
        return test - test
    return (test - test.mean(axis=0)) / test.std(axis=0)
