def most_confused(truth, guess):
    return None
