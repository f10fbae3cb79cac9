def to_number(text):
    return int(text)
