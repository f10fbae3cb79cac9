# case: 54
# title: Files named like library modules
# holds: finished
# writes: yes
# by: the box is last on the path; no site module
import csv
import importlib
import sys

for name in ("random", "pandas", "sitecustomize", "usercustomize", "statistics"):
    open(f"{name}.py", "w").write("print('ESCAPED', __name__)")
open("evil.pth", "w").write("import os; print('ESCAPED')")
for name in ("random", "statistics", "csv"):
    importlib.reload(sys.modules[name]) if name in sys.modules else importlib.import_module(name)
