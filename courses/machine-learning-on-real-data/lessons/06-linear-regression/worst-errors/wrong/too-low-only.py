import pandas as pd


def worst(filename, n):
    table = pd.read_csv(filename)
    name = table.columns[0]
    table["residual"] = table["truth"] - table["guess"]
    table["size"] = table["residual"].abs()
    part = table.sort_values("residual", ascending=False).head(n)
    result = []
    for label, residual in zip(part[name], part["residual"]):
        result.append((label, round(float(residual), 1)))
    return result
