# case: 27
# title: Walking the tree for answers
# holds: finished
# limits: cpu_seconds=3 output_kb=96
# by: pen: the tree holds the standard library and nothing else
import os
import sys


def look(name):
    """Sees more than the way to Python itself, which may be installed under a home folder."""
    own = (sys.base_prefix, os.path.realpath(os.__file__))
    found = [entry for entry in os.listdir("/" + name) if not any(p.startswith(f"/{name}/{entry}") for p in own)]
    if not found:
        raise OSError("nothing but Python")


for folder, _, names in os.walk("/"):
    if folder.startswith(os.path.dirname(os.__file__)):
        continue  # Python's own tests have files with such names
    for name in names:
        if name.endswith((".out", ".ans")) or name == "bilik_canary.txt":
            print("ESCAPED", folder, name)
for name in ("home", "root", "work", "etc", "proc", "sys", "var", "tmp", "srv", "opt"):
    attempt(name, lambda name=name: look(name))
