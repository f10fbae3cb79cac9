"""For the interactor: posts and number of broken sections, then the sections in rising order."""

import re
import sys


def reject(why: str) -> None:
    print(why, file=sys.stderr)
    sys.exit(43)


data = sys.stdin.buffer.read()
if not re.fullmatch(rb"[1-9][0-9]{0,6} [1-9][0-9]{0,6}\n[1-9][0-9]{0,6}(?: [1-9][0-9]{0,6})*\n", data):
    reject("not a line with two numbers and a line with sections")
n, k, *broken = (int(word) for word in data.split())
if not 2 <= n <= 1_000_000:
    reject("n is not from 2 to 1 000 000")
if len(broken) != k:
    reject("not k sections")
if any(one >= other for one, other in zip(broken, broken[1:])):
    reject("the sections do not rise")
if broken[-1] > n - 1:
    reject("a section beyond the last post")
sys.exit(42)
