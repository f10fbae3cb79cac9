cheap = base.execute("SELECT name FROM bread WHERE price < 1 ORDER BY name").fetchall()
print(cheap)
