minutes = 395
print(minutes // 60, minutes % 60)
