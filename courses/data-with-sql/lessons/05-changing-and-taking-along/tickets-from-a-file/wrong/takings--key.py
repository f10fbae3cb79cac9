takings = {}
for row in rows:
    takings[row["city"]] += float(row["price"])
