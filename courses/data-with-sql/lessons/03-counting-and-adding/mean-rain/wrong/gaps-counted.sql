SELECT SUM(mm) / COUNT(*) AS mean_mm FROM rain
