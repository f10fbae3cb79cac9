"""Judges a ring of panes: validate.py input answer feedback_dir < output of the program."""

import sys
from collections import Counter
from pathlib import Path
from typing import NoReturn


def verdict(code: int, why: str) -> NoReturn:
    Path(sys.argv[3], "judgemessage.txt").write_text(why + "\n")
    sys.exit(code)


def main() -> NoReturn:
    k, *panes = (int(word) for word in Path(sys.argv[1]).read_text().split())
    possible = Path(sys.argv[2]).read_text().split()[0] == "YES"
    total = sum(panes)
    words = sys.stdin.buffer.read(1_000_000).split()
    if not words:
        verdict(43, "nothing was printed")
    if words[0] == b"NO":
        if len(words) > 1:
            verdict(43, "something follows NO")
        if possible:
            verdict(43, "NO, but there is an order")
        verdict(42, "NO is right")
    if words[0] != b"YES":
        verdict(43, "the first word is neither YES nor NO")
    if len(words) != total + 1:
        verdict(43, f"{len(words) - 1} panes in a ring of {total}")
    if not all(word.isdigit() and len(word) <= 5 for word in words[1:]):
        verdict(43, "a colour that is not a whole number")
    ring = [int(word) for word in words[1:]]
    used = Counter(ring)
    for colour in used:
        if not 1 <= colour <= k:
            verdict(43, f"there is no colour {colour}")
    for colour, many in enumerate(panes, start=1):
        if used[colour] != many:
            verdict(43, f"colour {colour}: {used[colour]} panes instead of {many}")
    for place in range(total):
        if ring[place - 1] == ring[place]:
            verdict(43, f"panes {(place - 1) % total + 1} and {place + 1} touch and are both of colour {ring[place]}")
    if not possible:
        sys.exit("the program found an order, the answer file says that there is none")
    verdict(42, "a right ring")


main()
