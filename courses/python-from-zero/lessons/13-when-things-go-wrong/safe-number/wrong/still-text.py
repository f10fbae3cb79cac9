def to_number(text):
    try:
        int(text)
        return text
    except ValueError:
        return None
