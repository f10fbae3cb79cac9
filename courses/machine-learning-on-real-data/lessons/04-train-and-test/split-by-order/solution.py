import pandas as pd


def split_patients(filename, aside):
    table = pd.read_csv(filename)
    mask = table["patient"].isin(aside)
    return table[~mask]["visit"].tolist(), table[mask]["visit"].tolist()
