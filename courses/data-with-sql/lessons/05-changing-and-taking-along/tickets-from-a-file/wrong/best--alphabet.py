print(max(takings))
