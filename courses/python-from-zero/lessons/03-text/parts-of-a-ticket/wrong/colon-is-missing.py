ticket = "GNC-BAK-0930"
print(ticket[:3])
print(ticket[4:7])
print(ticket[8:])
