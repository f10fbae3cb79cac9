SELECT line.name, SUM(ticket.price)
FROM line JOIN ticket ON ticket.line = line.number
GROUP BY line.number
