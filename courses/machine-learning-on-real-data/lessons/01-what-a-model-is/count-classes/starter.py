from sklearn.datasets import load_breast_cancer, load_iris, load_wine

LOADERS = {"iris": load_iris, "wine": load_wine, "cancer": load_breast_cancer}


def count_classes(name):
    return {}
