monday = -6
tuesday = 2
wednesday = -3
total = monday + tuesday + wednesday
print(round(total / 3, 1))
