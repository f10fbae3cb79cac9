def to_kg(text):
    return 0
