SELECT price, name FROM bread
