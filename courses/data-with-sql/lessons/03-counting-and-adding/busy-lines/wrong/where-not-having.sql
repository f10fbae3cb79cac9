SELECT line, COUNT(*) FROM ticket WHERE COUNT(*) >= 3 GROUP BY line
