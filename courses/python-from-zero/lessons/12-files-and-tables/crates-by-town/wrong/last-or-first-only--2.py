def crates_of(filename, town):
    with open(filename, encoding="utf-8") as file:
        file.readline()
        for line in file:
            parts = line.strip().split(";")
            if parts[0] == town:
                return int(parts[1])
    return 0
