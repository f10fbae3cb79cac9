"""Number of gates and start, then place and earliest second of each gate, places rising."""

import re
import sys


def reject(why: str) -> None:
    print(why, file=sys.stderr)
    sys.exit(43)


data = sys.stdin.buffer.read()
NUMBER = rb"(?:0|[1-9][0-9]{0,7})"
if not re.fullmatch(rb"(?:%b %b\n){2,}" % (NUMBER, NUMBER), data):
    reject("not lines with two whole numbers each")
(n, start), *gates = ([int(word) for word in line.split()] for line in data.splitlines())
if not 1 <= n <= 600:
    reject("n is not from 1 to 600")
if start > 1_000_000:
    reject("s is above 1 000 000")
if len(gates) != n:
    reject("not n gates")
for place, second in gates:
    if place > 1_000_000:
        reject("a gate is beyond 1 000 000")
    if second > 10_000_000:
        reject("a turn comes after second 10 000 000")
if any(one[0] >= other[0] for one, other in zip(gates, gates[1:])):
    reject("the places do not rise")
sys.exit(42)
