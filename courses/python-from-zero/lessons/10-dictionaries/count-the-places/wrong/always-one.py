def count_places(places):
    counts = {}
    for place in places:
        counts[place] = 1
    return counts
