a = "{{ a }}"
b = "{{ b }}"
print(a + b)
print(a * 3)
