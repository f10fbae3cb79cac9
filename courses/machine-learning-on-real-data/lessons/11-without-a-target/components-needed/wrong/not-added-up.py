from sklearn.datasets import load_digits, load_iris, load_wine
from sklearn.decomposition import PCA

LOADERS = {"digits": load_digits, "iris": load_iris, "wine": load_wine}


def needed(name, share):
    X, y = LOADERS[name](return_X_y=True)
    sums = PCA().fit(X).explained_variance_ratio_
    for place in range(len(sums)):
        if sums[place] >= share:
            return place + 1
