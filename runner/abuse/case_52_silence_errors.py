# case: 52
# title: Silencing the error report
# holds: finished
# error: ValueError
# by: the error is read from the exception itself
import sys
import traceback

sys.excepthook = lambda *details: None
traceback.print_exc = lambda *details: None
sys.stderr = None
raise ValueError("still told")
