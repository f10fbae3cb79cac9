# case: 49
# title: Forged PASSED lines and a forced exit status
# holds: quit
# by: a process that leaves early has not finished
import os
import sys

print("===== 100 passed in 0.01s =====")
os.write(1, b"PASSED")
sys.exitfunc = None
os._exit(0)
