SELECT id FROM ticket WHERE city = 'Ganja'
