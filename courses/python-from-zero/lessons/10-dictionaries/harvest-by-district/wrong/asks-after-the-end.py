totals = {}
while True:
    district = input()
    tonnes = int(input())
    if district == "":
        break
    totals[district] = totals.get(district, 0) + tonnes
for name, tonnes in totals.items():
    print(name, tonnes)
print(sum(totals.values()))
