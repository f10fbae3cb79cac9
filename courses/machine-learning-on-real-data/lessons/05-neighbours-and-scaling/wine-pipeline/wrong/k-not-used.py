from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def wine_score(k, seed):
    X, y = load_wine(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=0.3, random_state=seed, stratify=y
    )
    model = make_pipeline(StandardScaler(), KNeighborsClassifier(5))
    model.fit(X_train, y_train)
    return round(model.score(X_test, y_test), 3)
