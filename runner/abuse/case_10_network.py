# case: 10
# title: Network of every kind
# holds: finished
# quick: yes
# by: seccomp: no socket; an empty network namespace
import socket

for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        attempt(f"socket {family} {kind}", lambda family=family, kind=kind: socket.socket(family, kind))
attempt("metadata", lambda: socket.create_connection(("169.254.169.254", 80), 1))
attempt("dns", lambda: socket.getaddrinfo("example.org", 80))
