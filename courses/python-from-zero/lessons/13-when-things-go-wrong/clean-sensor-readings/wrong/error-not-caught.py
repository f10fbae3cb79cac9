def clean(texts):
    good = []
    for text in texts:
        if text != "" and text != "-":
            value = float(text)
            if value >= -50 and value <= 60:
                good.append(value)
    return good
