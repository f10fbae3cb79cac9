def baseline_first(y_train, y_test):
    best = y_train[0]
    for value in y_train:
        if y_train.count(value) > y_train.count(best):
            best = value
    return best
