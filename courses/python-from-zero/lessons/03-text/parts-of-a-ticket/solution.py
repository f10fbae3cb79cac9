ticket = "GNC-BAK-0930"
print(ticket[0:3])
print(ticket[4:7])
print(ticket[8:10] + ":" + ticket[10:12])
