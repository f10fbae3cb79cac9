import pandas as pd
from sklearn.datasets import load_digits


def read(filename):
    X, y = load_digits(return_X_y=True)
    return []
