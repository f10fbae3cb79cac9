from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split


def split_counts(share, seed):
    X, y = load_breast_cancer(return_X_y=True)
    X_train, y_train, X_test, y_test = train_test_split(
        X, y, test_size=share, random_state=seed, stratify=y
    )
    return len(y_train), len(y_test), int((y_test == X_test).sum() + (y_test == y_train).sum())
