from sklearn.datasets import load_diabetes

patients = load_diabetes(as_frame=True, scaled=False).frame


def strongest(leave_out):
    return ""
