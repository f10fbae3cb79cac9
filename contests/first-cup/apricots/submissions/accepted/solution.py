n = int(input())
k = int(input())

trays = n // k
last = n % k
if last > 0:
    trays = trays + 1
else:
    last = k

print(trays)
print(last)
