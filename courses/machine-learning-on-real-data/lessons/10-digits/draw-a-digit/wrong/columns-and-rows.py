from sklearn.datasets import load_digits

X, y = load_digits(return_X_y=True)


def draw(number):
    lines = []
    for row in X[number].reshape(8, 8).T:
        line = ""
        for value in row:
            if value > 8:
                line = line + "#"
            else:
                line = line + "."
        lines.append(line)
    return lines
