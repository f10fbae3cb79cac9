import csv


def dearest(filename):
    best_fare = None
    with open(filename, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fare = float(row["fare"])
            if best_fare is None or fare > best_fare:
                best_fare = fare
    return best_fare
