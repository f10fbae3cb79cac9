import numpy as np


def standardise(train, test):
    train = np.array(train)
    test = np.array(test)
    return (test - train.mean(axis=0)) / train.std(axis=0)
