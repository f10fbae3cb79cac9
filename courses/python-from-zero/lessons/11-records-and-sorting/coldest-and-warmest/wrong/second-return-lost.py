def extremes(temps):
    return min(temps)
    return max(temps)
