# case: 18
# title: Flooding the system log; a core dump on the host
# holds: crashed
# by: no sockets; RLIMIT_CORE 0; not dumpable
import os
import resource
import syslog

attempt("dev log", lambda: open("/dev/log", "w"))
attempt("kmsg", lambda: open("/dev/kmsg", "w"))
for _ in range(1000):
    syslog.syslog("flood")
attempt("core size", lambda: resource.setrlimit(resource.RLIMIT_CORE, (-1, -1)))
os.abort()
