def to_number(text):
    if text == "":
        return None
    return int(text)
