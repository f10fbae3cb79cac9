stops = []
name = input()
while name != "":
    stops.append(name)
    name = input()
print(len(stops))
for i in range(len(stops) - 1, 0, -1):
    print(stops[i])
