def count_places(places):
    counts = {}
    return counts
