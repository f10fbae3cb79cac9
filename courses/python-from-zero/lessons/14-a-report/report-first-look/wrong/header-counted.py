def first_look(filename):
    rows = 0
    empty = 0
    with open(filename, encoding="utf-8") as file:
        for line in file:
            rows = rows + 1
            parts = line.split(",")
            if parts[4].strip() == "":
                empty = empty + 1
    return (rows, empty)
