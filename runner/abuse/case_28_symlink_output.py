# case: 28
# title: A link in the place of an output file
# holds: finished
# writes: yes
# by: seccomp: no links; nothing is ever copied out of the box
import os

attempt("symlink", lambda: os.symlink("/etc/passwd", "output.txt"))
attempt("symlink to proc", lambda: os.symlink("/proc/self/environ", "leak"))
