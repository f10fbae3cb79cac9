takings = {}
for row in rows:
    takings[row["city"]] = takings.get(row["city"], 0) + float(row["price"])
