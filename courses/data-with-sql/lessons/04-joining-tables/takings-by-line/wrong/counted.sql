SELECT line.name, COUNT(*) FROM line JOIN ticket ON ticket.line = line.number GROUP BY line.number
