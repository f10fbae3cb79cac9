from sklearn.datasets import load_digits

X, y = load_digits(return_X_y=True)


def draw(number):
    return []
