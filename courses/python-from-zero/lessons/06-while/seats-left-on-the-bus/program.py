seats = {{ a }}
while seats > {{ stop }}:
    print(seats)
    seats = seats - {{ step }}
print(seats)
