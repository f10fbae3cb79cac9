def baseline_first(y_train, y_test):
    best = y_test[0]
    for value in y_test:
        if y_test.count(value) > y_test.count(best):
            best = value
    return y_test.count(best) / len(y_test)
