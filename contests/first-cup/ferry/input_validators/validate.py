"""The deck, the number of trucks, a line for each truck."""

import re
import sys


def reject(why: str) -> None:
    print(why, file=sys.stderr)
    sys.exit(43)


data = sys.stdin.buffer.read()
if not re.fullmatch(rb"(?:[1-9][0-9]{0,3}\n){3,}", data):
    reject("not lines with one whole number each")
deck, n, *trucks = (int(line) for line in data.split())
if not 20 <= deck <= 500:
    reject("the deck is not from 20 to 500")
if n > 1000:
    reject("n is above 1000")
if len(trucks) != n:
    reject("not n trucks")
if max(trucks) > 20:
    reject("a truck is longer than 20")
sys.exit(42)
