from sklearn.datasets import load_diabetes
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import train_test_split

data = load_diabetes(as_frame=True, scaled=False)
X, y = data.data, data.target


def compare(features, seed):
    X_train, X_test, y_train, y_test = train_test_split(
        X[features], y, test_size=0.25, random_state=seed
    )
    maes = []
    for model in [DummyRegressor(), LinearRegression()]:
        model.fit(X_train, y_train)
        guess = model.predict(X_test)
        maes.append(round(float(mean_absolute_error(y_test, guess)), 1))
    return maes[1], maes[0]
