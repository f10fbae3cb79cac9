# case: 55
# title: A daemon that waits and then overwrites the result
# holds: finished protocol quit
# by: threads end with the process; the host listens no longer than to the end
import os
import threading
import time


def later():
    while True:
        time.sleep(0.001)
        try:
            os.write(3, b"\0\0\0\2{}")
        except OSError:
            os._exit(0)


attempt("fork", os.fork)
threading.Thread(target=later, daemon=True).start()
