import random


def variant(seed):
    r = random.Random(seed)
    net = r.choice([500, 600, 800, 1000])
    months = r.choice([10, 12, 15, 18, 20, 24])
    running = r.choice([250, 300, 400])
    once = net * months
    return {
        "net": net,
        "months": months,
        "running": running,
        "saving": net + running,
        "once": once,
        "gross": round(once / (net + running), 1),
        "added": round(once / (net + 2 * running), 1),
    }
