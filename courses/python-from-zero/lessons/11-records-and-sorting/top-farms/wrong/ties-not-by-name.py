def tons_of(record):
    return record["tons"]


def top_farms(records, n):
    best = sorted(records, key=tons_of, reverse=True)[:n]
    return [(r["farm"], r["tons"]) for r in best]
