SELECT id FROM ticket WHERE city = 'Ganja' AND kind = 'school'
