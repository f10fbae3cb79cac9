weight = input()
if weight >= 450:
    print(1)
elif weight >= 300:
    print(2)
else:
    print(3)
