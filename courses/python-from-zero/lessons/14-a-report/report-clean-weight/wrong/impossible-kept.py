def to_kg(text):
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
