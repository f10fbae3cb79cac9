def extremes(temps):
    print(min(temps), max(temps))
