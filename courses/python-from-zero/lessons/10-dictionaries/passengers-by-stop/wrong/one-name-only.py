def by_stop(names, stops):
    groups = {}
    for i in range(len(names)):
        groups[stops[i]] = names[i]
    return groups
