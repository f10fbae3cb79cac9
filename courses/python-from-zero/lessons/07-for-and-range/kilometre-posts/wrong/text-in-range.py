a = input()
b = input()
for i in range(a, b):
    print(i)
