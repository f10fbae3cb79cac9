minutes = 395
print(minutes % 60)
print(minutes // 60)
