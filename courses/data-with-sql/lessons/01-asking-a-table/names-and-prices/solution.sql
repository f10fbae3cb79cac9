SELECT name, price FROM bread
