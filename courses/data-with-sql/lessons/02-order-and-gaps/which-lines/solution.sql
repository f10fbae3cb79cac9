SELECT DISTINCT line FROM ticket WHERE city = 'Ganja'
