SELECT id FROM ticket WHERE kind = 'school'
