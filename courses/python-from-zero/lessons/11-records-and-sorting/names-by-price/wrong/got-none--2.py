def price_of(item):
    return item["price"]


def names_by_price(goods):
    for item in sorted(goods, key=price_of):
        print(item["name"])
