from sklearn.datasets import load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier


def duel(seed):
    X, y = load_wine(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=0.3, random_state=seed, stratify=y
    )
    scores = []
    for model in [DecisionTreeClassifier(random_state=0), RandomForestClassifier(100, random_state=0)]:
        model.fit(X_train, y_train)
        scores.append(round(model.score(X_test, y_test), 3))
    return scores[1], scores[0]
