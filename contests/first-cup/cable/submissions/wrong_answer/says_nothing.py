# Ends without a report.
n = int(input())
print("?", 1, n, flush=True)
