name = "Dilnoza"
