# case: 27
# title: Walking the tree for answers
# holds: finished
# limits: cpu_seconds=3 output_kb=96
# by: pen: the tree holds the standard library and nothing else
import os

for folder, _, names in os.walk("/"):
    for name in names:
        if name.endswith((".out", ".ans")) or name == "bilik_canary.txt":
            print("ESCAPED", folder, name)
for name in ("home", "root", "work", "etc", "proc", "sys", "var", "tmp", "srv", "opt"):
    attempt(name, lambda name=name: os.listdir("/" + name))
