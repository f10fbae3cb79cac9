def extremes(temps):
    lowest = 0
    highest = 0
    for t in temps:
        if t < lowest:
            lowest = t
        if t > highest:
            highest = t
    return (lowest, highest)
