import random


def variant(seed):
    r = random.Random(seed)
    a, b = r.choice([2, 4, 5]), r.choice([10, 15, 20])
    times, counts = b / a, 2 * b / (10 * a)
    return {
        "a": a,
        "b": b,
        "centre": 10 * a,
        "mountain": 2 * b,
        "times": f"{times:g}",
        "times_az": f"{times:g}".replace(".", ","),
        "counts": round(counts, 3),
        "inverse": round(a / b, 3),
    }
