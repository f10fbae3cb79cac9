def order(record):
    return (-record["tons"], record["farm"])


def top_farms(records, n):
    ordered = sorted(records, key=order)
    result = []
    for i in range(n):
        result.append((ordered[i]["farm"], ordered[i]["tons"]))
    return result
