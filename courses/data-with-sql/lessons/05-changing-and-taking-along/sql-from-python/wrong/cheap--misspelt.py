cheap = base.execute("SELECT name FORM bread WHERE price < 1").fetchall()
