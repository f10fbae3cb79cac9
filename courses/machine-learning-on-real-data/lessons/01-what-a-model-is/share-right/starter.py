from sklearn.datasets import load_iris

flowers = load_iris(as_frame=True).frame


def share_right(limit):
    return 0
