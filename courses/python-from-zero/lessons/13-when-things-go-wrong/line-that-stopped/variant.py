import random


def variant(seed):
    r = random.Random(seed)
    stop = r.randint(5, 14)
    call = stop + r.randint(3, 12)
    bus = r.randint(41, 99)
    return {"stop": stop, "call": call, "bus": bus}
