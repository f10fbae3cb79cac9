def names_by_price(goods):
    names = []
    for item in goods:
        names.append(item["name"])
    return sorted(names)
