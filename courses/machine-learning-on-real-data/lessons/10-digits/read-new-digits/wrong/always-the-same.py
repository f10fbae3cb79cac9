import pandas as pd
from sklearn.datasets import load_digits
from sklearn.dummy import DummyClassifier


def read(filename):
    X, y = load_digits(return_X_y=True)
    pictures = pd.read_csv(filename, header=None).to_numpy()
    model = DummyClassifier(strategy="most_frequent").fit(X, y)
    return model.predict(pictures).tolist()
