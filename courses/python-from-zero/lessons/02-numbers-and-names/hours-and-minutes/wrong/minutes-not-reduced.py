minutes = 395
hours = minutes // 60
print(hours)
print(minutes)
