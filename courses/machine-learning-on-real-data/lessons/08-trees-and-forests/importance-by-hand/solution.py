from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=0, stratify=y)
tree = DecisionTreeClassifier(max_depth=2, random_state=0).fit(X_train, y_train)


def drop(column):
    changed = X_test.copy()
    changed[:, column] = X_test[::-1, column]
    before = tree.score(X_test, y_test)
    after = tree.score(changed, y_test)
    return round(before - after, 3)
