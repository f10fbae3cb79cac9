def double(n):
    print(n * 2)


def triple(n):
    return n * 3


triple({{ b }})
result = double({{ a }})
print(triple({{ a }}))
print(result)
