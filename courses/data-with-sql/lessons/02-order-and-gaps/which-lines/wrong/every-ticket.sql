SELECT line FROM ticket WHERE city = 'Ganja'
