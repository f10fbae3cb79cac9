import numpy as np


def deviations(rows):
    return rows
