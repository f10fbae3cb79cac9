# case: 50
# title: Leaving with status 0 before the tests
# holds: quit
# quick: yes
# by: every run must be told; else the ending is quit
import atexit
import os

atexit.register(os._exit, 0)
os._exit(0)
