SELECT id FROM ticket WHERE city = 'Ganja' OR kind = 'school'
