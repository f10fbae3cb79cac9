def crates_of(filename, town):
    total = 0
    with open(filename, encoding="utf-8") as file:
        for line in file:
            parts = line.strip().split(";")
            crates = int(parts[1])
            if parts[0] == town:
                total = total + crates
    return total
