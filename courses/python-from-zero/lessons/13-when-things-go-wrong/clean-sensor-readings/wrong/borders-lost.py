def clean(texts):
    good = []
    for text in texts:
        try:
            value = float(text)
        except ValueError:
            continue
        if value > -50 and value < 60:
            good.append(value)
    return good
