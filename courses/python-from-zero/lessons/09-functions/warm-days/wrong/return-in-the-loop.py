def average(temps):
    if len(temps) == 0:
        return 0
    return sum(temps) / len(temps)


def warm_days(temps):
    count = 0
    for t in temps:
        if t > average(temps):
            count += 1
        return count
