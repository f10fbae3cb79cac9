def clean(texts):
    good = []
    for text in texts:
        try:
            good.append(float(text))
        except ValueError:
            continue
    return good
