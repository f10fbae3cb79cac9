# case: 5
# title: Waiting for ever without using the processor
# holds: time_limit
# limits: cpu_seconds=0.3 wall_seconds=0.8
# by: the host's own clock; seccomp guards the timers
import signal
import time

attempt("ignore SIGALRM", lambda: signal.signal(signal.SIGALRM, signal.SIG_IGN))
attempt("reset the timer", lambda: signal.setitimer(signal.ITIMER_REAL, 0))
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
time.sleep(3600)
