SELECT station_id, month FROM rain WHERE mm IS NOT NULL
