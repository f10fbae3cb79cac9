monday = -6
tuesday = 2
wednesday = -3
print((monday + tuesday + wednesday) / 3)
