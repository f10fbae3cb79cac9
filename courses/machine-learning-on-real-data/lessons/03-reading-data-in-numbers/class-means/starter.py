from sklearn.datasets import load_wine

wines = load_wine(as_frame=True).frame


def class_means(feature):
    return [0, 0, 0]
