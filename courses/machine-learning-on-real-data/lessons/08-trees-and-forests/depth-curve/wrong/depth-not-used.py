from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier


def depth_curve(depths, seed):
    X, y = load_wine(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=0.3, random_state=seed, stratify=y
    )
    curve = []
    for depth in depths:
        tree = DecisionTreeClassifier(random_state=0)
        tree.fit(X_train, y_train)
        train = round(tree.score(X_train, y_train), 3)
        test = round(tree.score(X_test, y_test), 3)
        curve.append((depth, train, test))
    return curve
