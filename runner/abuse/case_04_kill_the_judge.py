# case: 4
# title: SIGKILL to the judge and to everybody
# holds: finished
# quick: yes
# by: seccomp: no kill, no pidfd
import os
import signal

for target in (os.getppid(), 1, -1, 0):
    attempt(f"kill {target}", lambda target=target: os.kill(target, signal.SIGKILL))
attempt("tgkill", lambda: libc_call(234, 1, 1, 9))
attempt("pidfd_open", lambda: libc_call(434, 1, 0))
