monday = -6
tuesday = 2
wednesday = -3
