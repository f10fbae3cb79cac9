def measures(tp, fp, fn):
    return 0, 0, 0
