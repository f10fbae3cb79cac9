def measures(tp, fp, fn):
    precision = 0
    recall = 0
    f1 = 0
    if tp + fp > 0:
        precision = tp / (tp + fp)
    if tp + fn > 0:
        recall = tp / (tp + fn)
    if precision + recall > 0:
        f1 = (precision + recall) / 2
    return round(precision, 3), round(recall, 3), round(f1, 3)
