def order(record):
    return (-record["tons"], record["farm"])


def top_farms(records, n):
    best = sorted(records, key=order)[:n]
    return [r["farm"] for r in best]
