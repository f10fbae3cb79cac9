def count_places(places):
    for place in places:
        counts = {}
        counts[place] = counts.get(place, 0) + 1
    return counts
