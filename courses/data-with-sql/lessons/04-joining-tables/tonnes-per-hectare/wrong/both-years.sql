SELECT farm.name, harvest.tonnes / farm.hectares AS yield FROM harvest JOIN farm ON farm.id = harvest.farm_id ORDER BY yield DESC
