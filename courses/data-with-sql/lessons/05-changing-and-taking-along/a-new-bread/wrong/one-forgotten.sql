INSERT INTO bread (id, name, price, grams) VALUES (7, 'Shorgogal', 0.7)
