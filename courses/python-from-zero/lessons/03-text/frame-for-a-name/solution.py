name = "Dilnoza"
line = "=" * len(name)
print(line)
print(name)
print(line)
