def price_of(item):
    return item["price"]


def names_by_price(goods):
    names = []
    for item in sorted(goods, key=price_of, reverse=True):
        names.append(item["name"])
    return names
