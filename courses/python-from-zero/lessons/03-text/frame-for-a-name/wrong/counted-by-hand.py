name = "Dilnoza"
print("=======")
print(name)
print("=======")
