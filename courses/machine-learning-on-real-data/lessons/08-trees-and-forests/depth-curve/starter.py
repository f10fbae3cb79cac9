from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier


def depth_curve(depths, seed):
    X, y = load_wine(return_X_y=True)
    return []
