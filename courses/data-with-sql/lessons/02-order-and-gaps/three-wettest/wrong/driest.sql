SELECT station_id, month, mm FROM rain WHERE mm IS NOT NULL ORDER BY mm LIMIT 3
