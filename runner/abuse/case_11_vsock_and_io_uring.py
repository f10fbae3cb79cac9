# case: 11
# title: AF_VSOCK, and io_uring around the filter
# holds: finished
# quick: yes
# by: seccomp allowlist
import socket

attempt("vsock", lambda: socket.socket(40, socket.SOCK_STREAM))
attempt("io_uring_setup", lambda: libc_call(425, 8, b"\0" * 120))
attempt("io_uring_enter", lambda: libc_call(426, 0, 0, 0, 0, 0, 0))
