import pandas as pd


def recall_by(filename, column):
    table = pd.read_csv(filename)
    ill = table[table["truth"] == 1]
    result = {}
    for name, part in ill.groupby(column):
        result[name] = (round(float(part["guess"].mean()), 2), len(part))
    return result
