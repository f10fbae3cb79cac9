stops = []
name = "?"
while name != "":
    name = input()
    stops.append(name)
print(len(stops))
for i in range(len(stops) - 1, -1, -1):
    print(stops[i])
