ticket = "GNC-BAK-0930"
