def cheaper(first, second):
    if first < second:
        return first
    return second
