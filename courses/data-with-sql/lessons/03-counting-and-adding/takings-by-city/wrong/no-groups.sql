SELECT city, COUNT(*), SUM(price) FROM ticket
