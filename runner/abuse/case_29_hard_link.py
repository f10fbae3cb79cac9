# case: 29
# title: A hard link to a host file
# holds: finished
# writes: yes
# by: seccomp: no links, no chown
import os

attempt("link", lambda: os.link(os.__file__, "hard"))
attempt("chown", lambda: os.chown(".", 0, 0))
