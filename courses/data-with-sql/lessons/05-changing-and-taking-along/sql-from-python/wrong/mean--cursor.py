mean = base.execute("SELECT AVG(price) FROM bread")
