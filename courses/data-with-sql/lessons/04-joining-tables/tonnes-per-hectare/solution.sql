SELECT farm.name, harvest.tonnes / farm.hectares AS yield
FROM harvest JOIN farm ON farm.id = harvest.farm_id
WHERE harvest.year = 2023
ORDER BY yield DESC
