from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split


def split_counts(share, seed):
    X, y = load_breast_cancer(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=share, random_state=seed
    )
    return len(y_train), len(y_test), int((y_test == 0).sum())
