def names_by_price(goods):
    names = []
    for item in sorted(goods):
        names.append(item["name"])
    return names
