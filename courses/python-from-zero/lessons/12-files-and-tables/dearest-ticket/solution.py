import csv


def dearest(filename):
    best_town = None
    best_fare = 0
    with open(filename, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fare = float(row["fare"])
            if best_town is None or fare > best_fare:
                best_town = row["to"]
                best_fare = fare
    return best_town
