weight = int(input())
if weight >= 300:
    print(2)
elif weight >= 450:
    print(1)
else:
    print(3)
