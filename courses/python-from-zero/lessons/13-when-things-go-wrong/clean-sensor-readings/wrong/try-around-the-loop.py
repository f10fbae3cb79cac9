def clean(texts):
    good = []
    try:
        for text in texts:
            value = float(text)
            if value >= -50 and value <= 60:
                good.append(value)
    except ValueError:
        pass
    return good
