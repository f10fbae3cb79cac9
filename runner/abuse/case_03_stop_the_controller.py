# case: 3
# title: SIGSTOP to the controller, so that no timer fires
# holds: time_limit
# limits: cpu_seconds=0.3 wall_seconds=0.8
# by: seccomp: no kill; pid namespace; Landlock signal scope
import os
import signal

for target in (os.getppid(), 1, 0, -1):
    attempt(f"stop {target}", lambda target=target: os.kill(target, signal.SIGSTOP))
while True:
    pass
