import numpy as np
from sklearn.datasets import load_wine
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline


def score(X, y, k):
    model = make_pipeline(SelectKBest(f_classif, k=k), LogisticRegression(max_iter=5000))
    return float(cross_val_score(model, X, y, cv=5).mean())


def noise_score(seed):
    noise = np.random.default_rng(seed).normal(size=(80, 2000))
    return score(noise, np.arange(80) % 2, 20)


def wine_with_choice(k):
    X, y = load_wine(return_X_y=True)
    return score(X, y, k)
