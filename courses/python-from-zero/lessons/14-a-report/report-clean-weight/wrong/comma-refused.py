def to_kg(text):
    try:
        kg = float(text)
    except ValueError:
        return None
    if kg > 0 and kg <= 1000:
        return kg
    return None
