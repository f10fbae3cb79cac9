word = input().lower()
wanted = input().lower()
print(word.count(wanted))
