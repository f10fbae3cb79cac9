def to_number(text):
    number = int(text)
    try:
        return number
    except ValueError:
        return None
