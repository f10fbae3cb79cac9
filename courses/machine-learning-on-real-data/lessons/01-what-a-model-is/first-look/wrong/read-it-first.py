import pandas as pd


def first_look(filename):
    table = filename
    missing = []
    for name in table.columns:
        if table[name].isna().sum() > 0:
            missing.append(name)
    return table.shape[0], table.shape[1], missing
