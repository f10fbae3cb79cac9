weight = int(input())
if weight >= 450:
    print(1)
if weight >= 300:
    print(2)
else:
    print(3)
