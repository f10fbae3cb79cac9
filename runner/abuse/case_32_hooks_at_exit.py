# case: 32
# title: Hooks that run before or after the program
# holds: finished
# by: the child ends with _exit; the reply was sent before
import atexit
import sys


class Last:
    def __del__(self):
        while True:
            pass


keep = Last()
atexit.register(lambda: print("ESCAPED atexit"))
sys.excepthook = lambda *details: print("ESCAPED excepthook")
sys.settrace(lambda *details: None)
keep.again = keep
