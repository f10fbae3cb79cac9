name = "Dilnoza"
print("=" * len(name))
print(name)
