import csv


def dearest(filename):
    best_town = ""
    best_fare = 0
    with open(filename, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fare = float(row["fare"])
            if fare > best_fare:
                best_town = row["to"]
                best_fare = fare
    return best_town
