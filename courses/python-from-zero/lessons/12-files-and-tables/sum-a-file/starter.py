def passengers(filename):
    return 0
