UPDATE bread SET price = price + 0.1
