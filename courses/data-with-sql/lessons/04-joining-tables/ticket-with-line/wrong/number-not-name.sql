SELECT id, line, price FROM ticket
