totals = {}
district = input()
while district != "":
    totals[district] += int(input())
    district = input()
for name, tonnes in totals.items():
    print(name, tonnes)
print(sum(totals.values()))
