print(max(takings, key=takings.get))
