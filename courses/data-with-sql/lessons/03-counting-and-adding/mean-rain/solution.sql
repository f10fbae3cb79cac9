SELECT AVG(mm) AS mean_mm FROM rain
