name = "Dilnoza"
size = len(name)
print("=")
print(name)
print("=")
