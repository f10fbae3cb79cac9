temperature = {{ now }}
if temperature >= {{ low }}:
    print("A")
elif temperature >= {{ high }}:
    print("B")
else:
    print("C")
print("D")
