SELECT city, COUNT(*), AVG(price) FROM ticket GROUP BY city
