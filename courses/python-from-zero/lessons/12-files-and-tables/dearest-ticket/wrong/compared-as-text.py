import csv


def dearest(filename):
    best_town = None
    best_fare = ""
    with open(filename, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["fare"] > best_fare:
                best_town = row["to"]
                best_fare = row["fare"]
    return best_town
