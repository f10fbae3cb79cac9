# case: 9
# title: One huge file, a sparse one, very many small ones
# holds: finished crashed
# writes: yes
# by: the box's quota; RLIMIT_FSIZE
import os


def huge():
    with open("huge", "wb") as file:
        for _ in range(64):
            file.write(b"x" * (1 << 20))


def many():
    for number in range(100_000):
        open(f"small{number}", "wb").close()


attempt("huge", huge)
attempt("sparse", lambda: os.truncate("huge", 4 << 30))
attempt("many", many)
