SELECT station_id, month, mm FROM rain ORDER BY mm DESC LIMIT 3
