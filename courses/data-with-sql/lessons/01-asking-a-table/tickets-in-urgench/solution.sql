SELECT id, price FROM ticket WHERE city = 'Urgench'
