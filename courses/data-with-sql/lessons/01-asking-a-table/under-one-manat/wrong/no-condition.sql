SELECT name FROM bread
