n = int(input())
temps = []
count = 0
for i in range(n):
    t = int(input())
    temps.append(t)
    average = sum(temps) / len(temps)
    if t > average:
        print(t)
        count += 1
print(count)
