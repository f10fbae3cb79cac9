# case: 1
# title: Fork bomb
# holds: finished
# quick: yes
# by: seccomp: clone makes threads only
import os

for _ in range(100):
    attempt("fork", os.fork)
attempt("vfork", lambda: libc_call(58))
attempt("clone3", lambda: libc_call(435, 0, 0))
