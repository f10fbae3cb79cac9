word = input()
wanted = input()
count = 0
for letter in word:
    if letter == wanted:
        count += 1
print(count)
