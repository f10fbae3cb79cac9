# The two numbers stand on two lines.
n, k = map(int, input().split())
print((n + k - 1) // k)
print((n - 1) % k + 1)
