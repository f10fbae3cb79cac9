SELECT ticket.id, line.name, ticket.price FROM ticket JOIN line
