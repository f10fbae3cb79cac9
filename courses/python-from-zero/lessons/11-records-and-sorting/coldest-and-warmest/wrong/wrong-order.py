def extremes(temps):
    return (max(temps), min(temps))
