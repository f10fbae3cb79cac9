import csv


def load(filename):
    with open(filename, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def to_kg(text):
    try:
        kg = float(text.replace(",", "."))
    except ValueError:
        return None
    if kg > 0 and kg <= 1000:
        return kg
    return None


def totals(filename):
    result = {}
    for row in load(filename):
        kg = to_kg(row["kg"])
        if kg is not None:
            town = row["town"].strip().capitalize()
            result[town] = kg
    return result
