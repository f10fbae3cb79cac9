def hot_days(records, limit):
    return [r["temp"] for r in records if r["temp"] > limit]
