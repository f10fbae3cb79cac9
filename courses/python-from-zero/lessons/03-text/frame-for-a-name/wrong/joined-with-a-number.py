name = "Dilnoza"
print("=" + len(name))
print(name)
print("=" + len(name))
