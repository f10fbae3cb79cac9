SELECT station_id, month FROM rain WHERE mm = 0 OR mm < 10
