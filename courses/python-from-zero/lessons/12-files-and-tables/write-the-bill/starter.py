# Here: read the input and write the file bill.txt


# This part shows the file. Leave it as it is.
with open("bill.txt", encoding="utf-8") as file:
    print(file.read())
