minutes = 395
