SELECT line.name, SUM(line.km) FROM line JOIN ticket ON ticket.line = line.number GROUP BY line.number
