def measures(tp, fp, fn):
    precision = 0
    recall = 0
    f1 = 0
    if tp + fp > 0:
        precision = tp / (tp + fp)
    if tp + fn > 0:
        recall = tp / (tp + fn)
    if precision + recall > 0:
        f1 = 2 * precision * recall / (precision + recall)
    return round(recall, 3), round(precision, 3), round(f1, 3)
