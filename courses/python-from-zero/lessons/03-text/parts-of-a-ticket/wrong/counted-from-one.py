ticket = "GNC-BAK-0930"
print(ticket[1:4])
print(ticket[5:8])
print(ticket[9:11] + ":" + ticket[11:13])
