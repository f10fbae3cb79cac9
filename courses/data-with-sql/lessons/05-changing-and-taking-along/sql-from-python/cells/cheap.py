cheap = base.execute("SELECT …").fetchall()
print(cheap)
