def confusion(truth, guess):
    return guess.count(1), truth.count(0), truth.count(1), guess.count(0)
