# case: 13
# title: Leaving something for the next run
# holds: finished
# writes: yes
# by: private box; read-only root; seccomp: no locks, keys, queues
import fcntl
import os
import socket

attempt("keyctl", lambda: libc_call(250, 0, -3, 1))
attempt("add_key", lambda: libc_call(248, b"user", b"x", b"y", 1, -3))
attempt("flock", lambda: fcntl.flock(open(os.__file__), fcntl.LOCK_EX))
attempt("lockf", lambda: fcntl.lockf(open(os.__file__), fcntl.LOCK_SH))
attempt("lease", lambda: fcntl.fcntl(open(os.__file__), 1024, 0))
attempt("abstract socket", lambda: socket.socket(socket.AF_UNIX).bind("\0x"))
attempt("mqueue", lambda: libc_call(240, b"x", 66, 0o600, 0))
for folder in ("/tmp", "/var/tmp", "/dev/shm", os.path.dirname(os.__file__), "/"):
    attempt(folder, lambda folder=folder: open(folder + "/left", "w"))
if os.path.exists("/box/left"):
    print("ESCAPED the last run's file is there")
open("/box/left", "w").close()
