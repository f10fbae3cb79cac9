def to_kg(text):
    text = text.replace(",", ".")
    try:
        kg = float(text)
    except ValueError:
        return None
    if kg > 0 and kg <= 1000:
        return text
    return None
