import csv


def first_look(filename):
    with open(filename, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    empty = 0
    for row in rows:
        if row["kg"] == "":
            empty = empty + 1
    return (len(rows), empty)
