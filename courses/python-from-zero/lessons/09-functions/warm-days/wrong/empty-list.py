def average(temps):
    return sum(temps) / len(temps)


def warm_days(temps):
    middle = average(temps)
    count = 0
    for t in temps:
        if t > middle:
            count += 1
    return count
