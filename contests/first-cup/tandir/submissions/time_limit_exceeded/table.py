# least[j] is the least time in which j orders can be ready: 70 points, n * n steps are too many for the rest.
n = int(input())
orders = sorted(tuple(map(int, input().split()))[::-1] for _ in range(n))
least = [0]
for leaves, minutes in orders:
    if least[-1] + minutes <= leaves:
        least.append(least[-1] + minutes)
    for j in range(len(least) - 1, 0, -1):
        then = least[j - 1] + minutes
        if then < least[j] and then <= leaves:
            least[j] = then
print(len(least) - 1)
