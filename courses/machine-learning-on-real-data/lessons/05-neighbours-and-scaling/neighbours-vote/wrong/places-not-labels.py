import numpy as np


def vote(rows, labels, point, k):
    distances = ((np.array(rows) - np.array(point)) ** 2).sum(axis=1)
    places = distances.argsort()[:k]
    votes = [int(place) for place in places]
    best = votes[0]
    for label in votes:
        if votes.count(label) > votes.count(best):
            best = label
    return best
