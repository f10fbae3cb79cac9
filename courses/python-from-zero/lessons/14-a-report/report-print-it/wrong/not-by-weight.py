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


def town_name(text):
    return text.strip().capitalize()


totals = {}
counts = {}
left_out = 0
for row in load(input()):
    kg = to_kg(row["kg"])
    town = town_name(row["town"])
    if kg is None:
        left_out = left_out + 1
    else:
        totals[town] = totals.get(town, 0) + kg
        counts[town] = counts.get(town, 0) + 1

for town, kg in totals.items():
    print(f"{town}: {kg:.1f} kg ({counts[town]})")
print(f"Buraxıldı: {left_out}")
