# Opens next what can be opened soonest.
n, place = map(int, input().split())
gates = [tuple(map(int, input().split())) for _ in range(n)]
now = 0
while gates:
    now, place, gate = min((max(now + abs(x - place), r), x, (x, r)) for x, r in gates)
    gates.remove(gate)
print(now)
