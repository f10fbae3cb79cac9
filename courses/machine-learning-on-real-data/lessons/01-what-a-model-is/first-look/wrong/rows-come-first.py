import pandas as pd


def first_look(filename):
    table = pd.read_csv(filename)
    missing = []
    for name in table.columns:
        if table[name].isna().sum() > 0:
            missing.append(name)
    return table.shape[1], table.shape[0], missing
