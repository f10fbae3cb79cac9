# case: 30
# title: Rewriting the input, so that a wrong answer looks right
# holds: finished
# by: the input lives on the host; the program has a copy in a pipe
import os

print(open(0).read())
attempt("write to descriptor 0", lambda: os.write(0, b"other"))
