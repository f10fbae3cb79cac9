# case: 57
# title: Editing the library or the runner
# holds: finished
# quick: yes
# by: read-only root; Landlock; a user that owns nothing
import os
import sys

attempt("import runner", lambda: __import__("runner"))
for path in {os.__file__, json_path := __import__("json").__file__, "/usr/lib/python3/x", sys.executable}:
    attempt(path, lambda path=path: open(path, "a"))
attempt("unlink", lambda: os.unlink(os.__file__))
attempt("rename", lambda: os.rename(os.__file__, os.__file__ + "x"))
attempt("chmod", lambda: os.chmod(os.__file__, 0o777))
