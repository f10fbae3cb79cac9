stops = []
name = input()
while name != "":
    stops.append(name)
    name = input()
print(len(stops))
for stop in stops:
    print(stop)
