"""Number of colours, then the panes of each colour on one line."""

import re
import sys


def reject(why: str) -> None:
    print(why, file=sys.stderr)
    sys.exit(43)


data = sys.stdin.buffer.read()
if not re.fullmatch(rb"[1-9][0-9]{0,3}\n[1-9][0-9]{0,4}(?: [1-9][0-9]{0,4})*\n", data):
    reject("not a line with one number and a line with numbers above 0")
k, *panes = (int(word) for word in data.split())
if not 2 <= k <= 1000:
    reject("k is not from 2 to 1000")
if len(panes) != k:
    reject("not k colours")
if not 3 <= sum(panes) <= 20_000:
    reject("not from 3 to 20 000 panes")
sys.exit(42)
