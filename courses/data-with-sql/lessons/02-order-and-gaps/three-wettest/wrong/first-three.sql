SELECT station_id, month, mm FROM rain LIMIT 3
