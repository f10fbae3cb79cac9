SELECT farm.name FROM farm LEFT JOIN harvest ON harvest.farm_id = farm.id WHERE harvest.farm_id IS NULL
