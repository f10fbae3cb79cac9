from sklearn.datasets import load_diabetes

patients = load_diabetes(as_frame=True, scaled=False).frame


def strongest(leave_out):
    correlations = patients.corr()["target"]
    best = ""
    for name in patients.columns:
        if name in leave_out:
            continue
        if best == "" or abs(correlations[name]) > abs(correlations[best]):
            best = name
    return best
