def share_above(values, limit):
    count = 0
    for value in values:
        if value > limit:
            count += 1
    return count / len(values)
