def count_places(places):
    counts = {}
    for place in places:
        counts[place] = counts.get(place, 0) + 1
    print(counts)
