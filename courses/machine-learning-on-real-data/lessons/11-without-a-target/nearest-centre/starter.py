import numpy as np


def assign(rows, centres):
    return []
