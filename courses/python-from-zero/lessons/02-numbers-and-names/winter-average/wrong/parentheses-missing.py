monday = -6
tuesday = 2
wednesday = -3
print(round(monday + tuesday + wednesday / 3, 1))
