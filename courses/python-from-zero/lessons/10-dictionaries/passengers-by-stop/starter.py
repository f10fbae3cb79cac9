def by_stop(names, stops):
    groups = {}
    return groups
