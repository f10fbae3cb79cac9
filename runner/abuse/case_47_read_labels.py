# case: 47
# title: Reading labels, the host's memory or another competition's files
# holds: finished
# by: pen; expected values never enter the child
import gc
import os

for folder in ("/work", "/srv", "/data", "/app", "/mnt", "/proc", "/dev/shm", "/sys"):
    attempt(folder, lambda folder=folder: os.scandir(folder))
for thing in gc.get_objects():
    if type(thing) is dict and ("expected" in thing or "BILIK_CANARY" in thing):
        print("ESCAPED expected values are in memory")
