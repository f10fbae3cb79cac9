import random


def variant(seed):
    r = random.Random(seed)
    wages = [600 + 50 * r.randint(0, 3), 850, 900 + 50 * r.randint(0, 2), 1050]
    director = 5000 + 250 * r.randint(0, 8)
    while (sum(wages) + director) % 5:
        director += 10
    # The director stands in the middle of the list, the median does not.
    wages = [wages[3], wages[0], director, wages[2], wages[1]]
    mean = sum(wages) // 5
    median = sorted(wages)[2]
    return {"wages": ", ".join(map(str, wages)), "mean": mean, "median": median, "gap": mean - median,
            "middle": mean - director}
