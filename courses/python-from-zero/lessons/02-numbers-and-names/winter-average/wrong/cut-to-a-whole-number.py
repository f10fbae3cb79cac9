monday = -6
tuesday = 2
wednesday = -3
total = monday + tuesday + wednesday
print(total // 3)
