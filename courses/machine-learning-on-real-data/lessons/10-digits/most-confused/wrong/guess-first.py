def most_confused(truth, guess):
    counts = {}
    for i in range(len(truth)):
        if truth[i] != guess[i]:
            pair = (guess[i], truth[i])
            counts[pair] = counts.get(pair, 0) + 1
    if len(counts) == 0:
        return None
    return max(counts, key=counts.get)
