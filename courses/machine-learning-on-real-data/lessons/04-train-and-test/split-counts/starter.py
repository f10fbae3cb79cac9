from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split


def split_counts(share, seed):
    X, y = load_breast_cancer(return_X_y=True)
    return 0, 0, 0
