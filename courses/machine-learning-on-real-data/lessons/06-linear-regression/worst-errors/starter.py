import pandas as pd


def worst(filename, n):
    table = pd.read_csv(filename)
    return []
