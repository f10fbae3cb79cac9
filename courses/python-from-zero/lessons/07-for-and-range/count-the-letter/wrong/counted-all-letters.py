word = input().lower()
wanted = input().lower()
count = 0
for letter in word:
    if wanted in word:
        count += 1
print(count)
