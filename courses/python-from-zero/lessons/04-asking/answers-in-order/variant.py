import random


def variant(seed):
    r = random.Random(seed)
    while True:
        paid, price = r.randint(20, 50), r.randint(3, 9)
        result = paid - price * 2
        left_to_right = (paid - price) * 2
        swapped = price - paid * 2
        if len({result, left_to_right, swapped}) == 3:
            break
    return {
        "paid": paid,
        "price": price,
        "result": result,
        "left_to_right": left_to_right,
        "swapped": swapped,
    }
