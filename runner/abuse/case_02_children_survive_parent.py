# case: 2
# title: The parent leaves, its children go on
# holds: quit
# by: seccomp: no processes; one kill ends all
import os
import sys

for _ in range(100):
    try:
        if os.fork() == 0:
            while True:
                pass
    except OSError:
        print("held fork")
os._exit(0)
