"""Volume and number of pumps, then minute and litres per second of each."""

import re
import sys


def reject(why: str) -> None:
    print(why, file=sys.stderr)
    sys.exit(43)


data = sys.stdin.buffer.read()
NUMBER = rb"(?:0|[1-9][0-9]{0,9})"
if not re.fullmatch(rb"(?:%b %b\n){2,}" % (NUMBER, NUMBER), data):
    reject("not lines with two whole numbers each")
(v, n), *pumps = ([int(word) for word in line.split()] for line in data.splitlines())
if not 1 <= v <= 1_000_000_000:
    reject("v is not from 1 to 1 000 000 000")
if not 1 <= n <= 1000:
    reject("n is not from 1 to 1000")
if len(pumps) != n:
    reject("not n pumps")
for minute, litres in pumps:
    if minute > 1_000_000:
        reject("a pump starts after minute 1 000 000")
    if not 1 <= litres <= 1000:
        reject("a pump's litres are not from 1 to 1000")
sys.exit(42)
