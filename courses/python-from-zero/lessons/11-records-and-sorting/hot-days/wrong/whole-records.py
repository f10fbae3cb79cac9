def hot_days(records, limit):
    return [r for r in records if r["temp"] > limit]
