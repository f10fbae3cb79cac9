from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def mistakes(threshold, seed):
    X, y = load_breast_cancer(return_X_y=True)
    y = 1 - y
    return 0, 0
