def clean(texts):
    good = []
    for text in texts:
        try:
            value = float(text)
            if value >= -50 and value <= 60:
                good.append(text)
        except ValueError:
            continue
    return good
