word = input().lower()
wanted = input().lower()
for letter in word:
    count = 0
    if letter == wanted:
        count += 1
print(count)
