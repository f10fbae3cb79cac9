# case: 31
# title: Writing a program and executing it
# holds: finished
# writes: yes
# by: seccomp: no exec; the box is mounted noexec
import mmap
import os

with open("program", "wb") as file:
    file.write(b"\x7fELF" + b"\0" * 4096)
os.chmod("program", 0o755)
attempt("execv", lambda: os.execv("./program", ["program"]))
attempt("posix_spawn", lambda: os.posix_spawn("./program", ["program"], {}))
attempt("execveat", lambda: libc_call(322, -100, b"program", 0, 0, 0))
attempt("map executable", lambda: mmap.mmap(os.open("program", os.O_RDWR), 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC))
