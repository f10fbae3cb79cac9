SELECT name, price FROM bread ORDER BY name
