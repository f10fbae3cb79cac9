def average(temps):
    if temps == []:
        return 0
    return sum(temps) / len(temps)


def warm_days(temps):
    count = 0
    for t in temps:
        if t > average(temps):
            count += t
    return count
