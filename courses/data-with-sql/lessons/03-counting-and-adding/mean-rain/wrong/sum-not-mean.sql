SELECT SUM(mm) AS mean_mm FROM rain
