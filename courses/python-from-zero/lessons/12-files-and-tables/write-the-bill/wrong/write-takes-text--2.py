n = int(input())
total = 0
with open("bill.txt", "w", encoding="utf-8") as file:
    for i in range(n):
        line = input()
        parts = line.split(" ")
        total = total + parts[1]
        file.write(line + "\n")
    file.write(f"CƏM {total}\n")

# This part shows the file. Leave it as it is.
with open("bill.txt", encoding="utf-8") as file:
    print(file.read())
