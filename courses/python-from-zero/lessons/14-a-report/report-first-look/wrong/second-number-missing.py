import csv


def first_look(filename):
    with open(filename, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return len(rows)
