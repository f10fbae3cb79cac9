import random


def variant(seed):
    bmi = random.Random(seed).choice([20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40])
    return {
        "bmi": bmi,
        "guess": f"{10.23 * bmi - 117.8:.2f}",
        "slope_only": f"{10.23 * bmi:.2f}",
        "plus": f"{10.23 * bmi + 117.8:.2f}",
    }
