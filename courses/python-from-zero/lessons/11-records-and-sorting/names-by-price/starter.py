def price_of(item):
    return item["price"]


def names_by_price(goods):
    return []
