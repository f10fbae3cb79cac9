totals = {}
district = input()
while district != "":
    tonnes = input()
    totals[district] = totals.get(district, 0) + tonnes
    district = input()
for name, tonnes in totals.items():
    print(name, tonnes)
print(sum(totals.values()))
