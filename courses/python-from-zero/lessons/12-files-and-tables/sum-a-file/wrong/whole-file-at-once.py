def passengers(filename):
    with open(filename, encoding="utf-8") as file:
        return int(file.read())
