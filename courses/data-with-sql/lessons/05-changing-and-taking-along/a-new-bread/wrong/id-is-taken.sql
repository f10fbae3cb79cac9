INSERT INTO bread (id, name, price, grams) VALUES (1, 'Shorgogal', 0.7, 150)
