import numpy as np


def cheapest(truth, probabilities, thresholds, cost_miss, cost_alarm):
    return thresholds[0]
