stock = {"Quba": {{ a }}, "Oğuz": {{ b }}}
stock["Quba"] = stock["Quba"] - {{ sold }}
stock["Göyçay"] = {{ d }}
stock["Oğuz"] = {{ e }}
print(stock["Quba"])
print(stock.get("Şəki", 0))
print(len(stock))
