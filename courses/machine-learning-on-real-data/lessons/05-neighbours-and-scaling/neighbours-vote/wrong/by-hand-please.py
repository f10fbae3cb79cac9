from sklearn.neighbors import KNeighborsClassifier


def vote(rows, labels, point, k):
    return KNeighborsClassifier(k, algorithm="kd_tree").fit(rows, labels).predict([point])[0]
