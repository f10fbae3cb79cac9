import numpy as np


def confusion(truth, guess):
    truth = np.array(truth)
    guess = np.array(guess)
    tp = int(((truth == 1) & (guess == 1)).sum())
    fp = int(((truth == 0) & (guess == 1)).sum())
    fn = int(((truth == 1) & (guess == 0)).sum())
    tn = int(((truth == 0) & (guess == 0)).sum())
    return tp, fn, fp, tn
