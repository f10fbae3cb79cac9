import random


def variant(seed):
    r = random.Random(seed)
    stop, step = r.randint(2, 9), r.randint(2, 6)
    return {
        "stop": stop,
        "step": step,
        "a": stop + 3 * step,
        "b": stop + 2 * step,
        "c": stop + step,
        "below": stop - step,
    }
