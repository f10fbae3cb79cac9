def clean(texts):
    return []
