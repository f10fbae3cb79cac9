UPDATE bread SET price = 0.1 WHERE grams >= 400
