from sklearn.datasets import load_iris

flowers = load_iris(as_frame=True).frame


def share_right(limit):
    guess = flowers["petal length (cm)"] > limit
    truth = flowers["target"] == 2
    return round(float((guess == truth).mean()), 3)
