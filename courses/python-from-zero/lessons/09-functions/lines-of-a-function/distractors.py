print(first)
