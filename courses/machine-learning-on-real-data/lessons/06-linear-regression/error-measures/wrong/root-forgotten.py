import numpy as np


def errors(truth, guess):
    truth = np.array(truth)
    residual = truth - np.array(guess)
    mae = np.abs(residual).mean()
    rmse = (residual ** 2).mean()
    r2 = 1 - (residual ** 2).sum() / ((truth - truth.mean()) ** 2).sum()
    return round(float(mae), 3), round(float(rmse), 3), round(float(r2), 3)
