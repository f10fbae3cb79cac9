SELECT * FROM bread
