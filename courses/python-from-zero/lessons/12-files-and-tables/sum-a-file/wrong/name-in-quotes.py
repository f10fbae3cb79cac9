def passengers(filename):
    total = 0
    with open("filename", encoding="utf-8") as file:
        for line in file:
            total = total + int(line.strip())
    return total
