mean = base.execute("SELECT AVG(price) FROM bread").fetchone()[0]
print(mean)
