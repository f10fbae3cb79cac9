import numpy as np


def errors(truth, guess):
    residual = truth - guess
    mae = np.abs(residual).mean()
    rmse = np.sqrt((residual ** 2).mean())
    r2 = 1 - (residual ** 2).sum() / ((truth - truth.mean()) ** 2).sum()
    return round(float(mae), 3), round(float(rmse), 3), round(float(r2), 3)
