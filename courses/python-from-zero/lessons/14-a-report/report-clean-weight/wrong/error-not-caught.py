def to_kg(text):
    if text == "":
        return None
    kg = float(text.replace(",", "."))
    if kg > 0 and kg <= 1000:
        return kg
    return None
