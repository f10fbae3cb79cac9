# case: 15
# title: A descriptor left open by the host or a neighbour
# holds: finished
# limits: output_kb=96
# quick: yes
# by: close_range
import os
import stat

for number in range(4, 1024):
    attempt(f"descriptor {number}", lambda number=number: os.fstat(number))
for number in (0, 1, 2):
    if stat.S_ISREG(os.fstat(number).st_mode):
        print("ESCAPED", number)
