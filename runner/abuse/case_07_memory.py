# case: 7
# title: Memory: one block, growth, recursion, shared memory
# holds: memory_limit
# quick: yes
# by: RLIMIT_AS; seccomp: no memfd, no shm; pen: no /dev/shm
import ctypes
import mmap
import sys

attempt("bytes", lambda: b"x" * (1 << 30))
attempt("shared mapping", lambda: mmap.mmap(-1, 2 << 30))
attempt("memfd", lambda: libc_call(319, b"x", 0))
attempt("dev shm", lambda: open("/dev/shm/x", "wb"))
attempt("shmget", lambda: libc_call(29, 0, 1 << 20, 0o1600))
grown = []
while True:
    grown.append(bytearray(1 << 20))
