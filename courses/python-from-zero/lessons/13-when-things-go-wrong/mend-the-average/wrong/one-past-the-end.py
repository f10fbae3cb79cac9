def average(numbers):
    if len(numbers) == 0:
        return 0
    total = 0
    for i in range(1, len(numbers) + 1):
        total = total + numbers[i]
    return total / len(numbers)
