def dearest(filename):
    best_town = None
    best_fare = 0
    with open(filename, encoding="utf-8") as file:
        file.readline()
        for line in file:
            parts = line.strip().split(",")
            fare = float(parts[2])
            if fare > best_fare:
                best_town = parts[0]
                best_fare = fare
    return best_town
