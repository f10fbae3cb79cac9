def folds(n, k):
    pairs = []
    for fold in range(k):
        train = []
        test = []
        for i in range(n):
            if i % k == fold:
                test.append(i)
            else:
                train.append(i)
        pairs.append((train, test))
    return pairs
