def by_stop(names, stops):
    groups = {}
    for i in range(len(names)):
        stop = stops[i]
        if stop not in groups:
            groups[stop] = []
        groups[stop].append(names[i])
    return groups
