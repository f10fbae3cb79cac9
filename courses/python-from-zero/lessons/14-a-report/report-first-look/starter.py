import csv


def first_look(filename):
    return (0, 0)
