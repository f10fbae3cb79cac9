def crates_of(filename, town):
    total = 0
    with open(filename, encoding="utf-8") as file:
        file.readline()
        for line in file:
            if line == town:
                parts = line.strip().split(";")
                total = total + int(parts[1])
    return total
