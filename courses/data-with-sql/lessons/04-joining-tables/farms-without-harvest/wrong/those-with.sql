SELECT farm.name FROM farm JOIN harvest ON harvest.farm_id = farm.id WHERE harvest.year = 2022
