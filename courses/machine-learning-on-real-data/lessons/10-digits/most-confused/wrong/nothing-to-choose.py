def most_confused(truth, guess):
    counts = {}
    for i in range(len(truth)):
        if truth[i] != guess[i]:
            pair = (truth[i], guess[i])
            counts[pair] = counts.get(pair, 0) + 1
    return max(counts, key=counts.get)
