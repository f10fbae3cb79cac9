def average(numbers):
    if len(numbers) <= 1:
        return sum(numbers)
    total = 0
    for i in range(1, len(numbers)):
        total = total + numbers[i]
    return total / (len(numbers) - 1)
