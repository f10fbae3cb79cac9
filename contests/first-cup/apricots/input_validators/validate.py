"""Two lines: kilograms, kilograms on a tray."""

import re
import sys


def reject(why: str) -> None:
    print(why, file=sys.stderr)
    sys.exit(43)


found = re.fullmatch(rb"([1-9][0-9]{0,6})\n([1-9][0-9]{0,3})\n", sys.stdin.buffer.read())
if not found:
    reject("not two lines with a whole number each")
n, k = int(found[1]), int(found[2])
if n > 1_000_000:
    reject("n is above 1 000 000")
if k > 1000:
    reject("k is above 1000")
sys.exit(42)
