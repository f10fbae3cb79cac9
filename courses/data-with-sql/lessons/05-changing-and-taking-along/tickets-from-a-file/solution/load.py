import csv

with open("tickets.csv") as file:
    rows = list(csv.DictReader(file))
print(len(rows))
