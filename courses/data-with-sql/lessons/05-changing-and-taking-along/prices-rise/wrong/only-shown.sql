SELECT name, price + 0.1 FROM bread WHERE grams >= 400
