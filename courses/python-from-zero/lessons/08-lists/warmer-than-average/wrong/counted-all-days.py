n = int(input())
temps = []
for i in range(n):
    temps.append(int(input()))
average = sum(temps) / len(temps)
for t in temps:
    if t > average:
        print(t)
print(len(temps))
