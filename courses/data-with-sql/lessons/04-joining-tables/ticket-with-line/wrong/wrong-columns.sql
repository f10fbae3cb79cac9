SELECT ticket.id, line.name, ticket.price FROM ticket JOIN line ON ticket.id = line.number
