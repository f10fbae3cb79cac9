from sklearn.datasets import load_wine
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.tree import DecisionTreeClassifier


def choose(depths, seed):
    X, y = load_wine(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=0.3, random_state=seed, stratify=y
    )
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), {"decisiontreeclassifier__max_depth": depths}, cv=5)
    search.fit(X_train, y_train)
    return search.best_params_["max_depth"], round(search.score(X_test, y_test), 3)
