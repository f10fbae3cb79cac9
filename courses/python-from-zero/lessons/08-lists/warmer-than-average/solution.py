n = int(input())
temps = []
for i in range(n):
    temps.append(int(input()))
average = sum(temps) / len(temps)
count = 0
for t in temps:
    if t > average:
        print(t)
        count += 1
print(count)
