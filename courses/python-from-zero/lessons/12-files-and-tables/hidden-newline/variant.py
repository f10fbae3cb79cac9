import random


def variant(seed):
    r = random.Random(seed)
    town = r.choice(["Quba", "Lerik", "Nukus", "Xonqa", "Balakən"])
    digits = r.choice([2, 3, 4, 5])
    kg = r.randint(10 ** (digits - 1), 10**digits - 1)
    return {"town": town, "kg": kg, "digits": digits, "one_more": digits + 1, "two_more": digits + 2}
