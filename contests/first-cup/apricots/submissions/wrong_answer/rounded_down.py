# The last tray, which is not full, is forgotten.
n = int(input())
k = int(input())
print(n // k)
print(n % k)
