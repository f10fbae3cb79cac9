def top_farms(records, n):
    return []
