from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def mistakes(threshold, seed):
    X, y = load_breast_cancer(return_X_y=True)
    y = 1 - y
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=0.3, random_state=seed, stratify=y
    )
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(X_train, y_train)
    alarm = model.predict_proba(X_test)[:, 0] < threshold
    missed = int(((~alarm) & (y_test == 1)).sum())
    false_alarms = int((alarm & (y_test == 0)).sum())
    return missed, false_alarms
