"""Villages and roads, then the two ends of each road."""

import re
import sys


def reject(why: str) -> None:
    print(why, file=sys.stderr)
    sys.exit(43)


data = sys.stdin.buffer.read()
if not re.fullmatch(rb"(?:[1-9][0-9]{0,4} [1-9][0-9]{0,4}\n){2,}", data):
    reject("not lines with two whole numbers each")
(n, m), *roads = ([int(word) for word in line.split()] for line in data.splitlines())
if not 2 <= n <= 10_000:
    reject("n is not from 2 to 10 000")
if m > 25_000:
    reject("m is above 25 000")
if len(roads) != m:
    reject("not m roads")
for a, b in roads:
    if a > n or b > n:
        reject("a village above n")
    if a == b:
        reject("a road from a village to itself")
sys.exit(42)
