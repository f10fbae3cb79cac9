# case: 16
# title: More rights: setuid, ptrace, mount, namespaces, modules
# holds: finished
# quick: yes
# by: seccomp, no_new_privs, no capabilities
import os

attempt("setuid", lambda: os.setuid(0))
attempt("ptrace", lambda: libc_call(101, 0x4206, 1, 0, 0))
attempt("unshare", lambda: libc_call(272, 0x10000000))
attempt("mount", lambda: libc_call(165, b"none", b"/box", b"tmpfs", 0, 0))
attempt("init_module", lambda: libc_call(175, b"x", 1, b""))
attempt("bpf", lambda: libc_call(321, 0, 0, 0))
attempt("userfaultfd", lambda: libc_call(323, 0))
attempt("perf_event_open", lambda: libc_call(298, 0, 0, 0, 0, 0))
attempt("process_vm_readv", lambda: libc_call(310, 1, 0, 0, 0, 0, 0))
attempt("raise memory limit", lambda: __import__("resource").setrlimit(9, (-1, -1)))
attempt("nice", lambda: os.nice(-5))
attempt("affinity", lambda: os.sched_setaffinity(0, {0}))
attempt("exec", lambda: os.execv("/bin/sh", ["sh"]))
