import csv


def first_look(filename):
    empty = 0
    with open(filename, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        count = len(list(reader))
        for row in reader:
            if row["kg"].strip() == "":
                empty = empty + 1
    return (count, empty)
