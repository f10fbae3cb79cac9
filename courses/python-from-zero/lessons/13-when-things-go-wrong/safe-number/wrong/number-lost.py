def to_number(text):
    try:
        int(text)
    except ValueError:
        return None
