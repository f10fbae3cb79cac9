# case: 12
# title: A call of the x32 table to dodge the filter
# holds: crashed
# by: seccomp kills calls of another table
import ctypes

ctypes.CDLL(None).syscall(0x40000000 | 39)
print("ESCAPED x32")
