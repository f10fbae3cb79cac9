import sqlite3

base = sqlite3.connect(":memory:")
base.execute("CREATE TABLE bread (name TEXT, price REAL)")
base.execute("INSERT INTO bread VALUES ('Tandir', 1.2), ('Lavash', 0.6), ('Katlama', 1.5), ('Kulcha', 0.9)")
