"""The pure engine of machine-learning competitions: a file comes in, a score or the reasons against it go out."""
