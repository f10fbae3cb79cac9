n = int(input())
total = 0
for i in range(n):
    line = input()
    parts = line.split(" ")
    total = total + int(parts[1])
    with open("bill.txt", "w", encoding="utf-8") as file:
        file.write(line + "\n")
with open("bill.txt", "w", encoding="utf-8") as file:
    file.write(f"CƏM {total}\n")

# This part shows the file. Leave it as it is.
with open("bill.txt", encoding="utf-8") as file:
    print(file.read())
