# case: 56
# title: Changing the interpreter for the next learner
# holds: finished
# by: every job has a process of its own
import builtins
import math
import sys

if getattr(math, "spoiled", False):
    print("ESCAPED the last run's change is there")
math.spoiled = True
math.pi = 3
builtins.print = lambda *details: None
sys.path.clear()
