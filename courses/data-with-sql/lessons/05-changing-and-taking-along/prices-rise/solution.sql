UPDATE bread SET price = price + 0.1 WHERE grams >= 400
