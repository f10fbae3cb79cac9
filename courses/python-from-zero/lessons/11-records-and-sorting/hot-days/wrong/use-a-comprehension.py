def hot_days(records, limit):
    days = []
    for r in records:
        if r["temp"] > limit:
            days.append(r["day"])
    return days
