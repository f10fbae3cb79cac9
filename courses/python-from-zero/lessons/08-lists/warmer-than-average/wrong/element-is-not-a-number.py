n = int(input())
temps = []
for i in range(n):
    temps.append(int(input()))
average = sum(temps) / len(temps)
count = 0
for t in temps:
    if temps[t] > average:
        print(temps[t])
        count += 1
print(count)
