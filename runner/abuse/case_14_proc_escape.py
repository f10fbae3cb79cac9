# case: 14
# title: Out through /proc and chroot
# holds: finished
# quick: yes
# by: pen: no /proc; seccomp: no mount
import os

for path in ("/proc/1/root", "/proc/self/mem", "/proc/1/mem", "/proc/self/fd", "/proc/1/environ", "/proc/self/maps"):
    attempt(path, lambda path=path: os.open(path, os.O_RDONLY))
attempt("chroot", lambda: os.chroot("/usr"))
attempt("pivot_root", lambda: libc_call(155, b".", b"."))
attempt("mount proc", lambda: libc_call(165, b"proc", b"/box", b"proc", 0, 0))
attempt("open_by_handle_at", lambda: libc_call(304, -100, b"\0" * 16, 0))
