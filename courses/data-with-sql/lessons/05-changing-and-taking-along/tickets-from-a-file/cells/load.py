import csv

with open("tickets.csv") as file:
    rows = []
print(len(rows))
