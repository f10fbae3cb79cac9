# case: 8
# title: Floods of output, also on the raw descriptors
# holds: output_limit
# quick: yes
# by: capped streams; raw descriptors lead to /dev/null
import os
import sys

for _ in range(200):
    os.write(1, b"x" * 65536)
    os.write(2, b"x" * 65536)
print("42")
while True:
    try:
        print(" " * 100_000, file=sys.stderr)
    except BaseException:
        break
while True:
    print(" " * 10_000_000)
