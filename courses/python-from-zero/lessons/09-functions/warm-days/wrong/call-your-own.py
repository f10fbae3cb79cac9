def average(temps):
    if len(temps) == 0:
        return 0
    return sum(temps) / len(temps)


def warm_days(temps):
    if len(temps) == 0:
        return 0
    middle = sum(temps) / len(temps)
    count = 0
    for t in temps:
        if t > middle:
            count += 1
    return count
