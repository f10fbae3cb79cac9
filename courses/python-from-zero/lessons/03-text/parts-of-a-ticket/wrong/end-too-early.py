ticket = "GNC-BAK-0930"
print(ticket[0:2])
print(ticket[4:6])
print(ticket[8:9] + ":" + ticket[10:11])
