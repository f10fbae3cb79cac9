# case: 19
# title: Processor time hidden in threads
# holds: time_limit
# limits: cpu_seconds=0.3 wall_seconds=0.8
# by: ITIMER_PROF and RLIMIT_CPU count the whole process
import threading


def spin():
    while True:
        sum(range(1000))


for _ in range(4):
    threading.Thread(target=spin).start()
spin()
