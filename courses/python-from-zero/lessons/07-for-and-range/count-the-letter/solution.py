word = input().lower()
wanted = input().lower()
count = 0
for letter in word:
    if letter == wanted:
        count += 1
print(count)
