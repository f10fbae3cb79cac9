from sklearn.dummy import DummyClassifier


def baseline_first(y_train, y_test):
    model = DummyClassifier(strategy="most_frequent")
    model.fit([[0]] * len(y_train), y_train)
    return float(model.score([[0]] * len(y_test), y_test))
