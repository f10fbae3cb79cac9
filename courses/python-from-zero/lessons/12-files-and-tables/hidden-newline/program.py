line = "{{ town }};{{ kg }}\n"
parts = line.split(";")
print(len(parts[1]))
print(len(parts[1].strip()))
