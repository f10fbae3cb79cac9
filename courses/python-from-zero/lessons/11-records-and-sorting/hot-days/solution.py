def hot_days(records, limit):
    return [r["day"] for r in records if r["temp"] > limit]
