# case: 6
# title: Threads without end
# holds: finished
# limits: wall_seconds=3 memory_mb=128
# by: RLIMIT_NPROC, RLIMIT_AS
import threading
import time

started = 0
try:
    for _ in range(2000):
        threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
        started += 1
except RuntimeError:
    print("held at", started)
if started > 80:
    print("ESCAPED", started)
