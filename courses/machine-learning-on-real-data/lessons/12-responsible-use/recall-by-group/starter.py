import pandas as pd


def recall_by(filename, column):
    table = pd.read_csv(filename)
    return {}
