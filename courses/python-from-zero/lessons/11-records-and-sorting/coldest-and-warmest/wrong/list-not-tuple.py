def extremes(temps):
    return [min(temps), max(temps)]
