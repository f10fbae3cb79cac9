SELECT city, COUNT(*), SUM(price) FROM ticket GROUP BY city
