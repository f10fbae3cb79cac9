tea = {{ tea }}
bill = tea * {{ cups }}
tea = tea + {{ more }}
print(bill)
print(tea)
