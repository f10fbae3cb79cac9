import numpy as np


def cheapest(truth, probabilities, thresholds, cost_miss, cost_alarm):
    truth = np.array(truth)
    probabilities = np.array(probabilities)
    best = None
    best_cost = None
    for threshold in thresholds:
        alarm = probabilities >= threshold
        missed = int(((~alarm) & (truth == 1)).sum())
        false_alarms = int((alarm & (truth == 0)).sum())
        cost = missed * cost_alarm + false_alarms * cost_miss
        if best_cost is None or cost < best_cost:
            best = threshold
            best_cost = cost
    return best
