SELECT farm.name
FROM farm LEFT JOIN harvest ON harvest.farm_id = farm.id AND harvest.year = 2022
WHERE harvest.farm_id IS NULL
