"""Answers the tests of the cable and judges the report: interactor.py input answer feedback_dir."""

import os
import re
import sys
from pathlib import Path
from typing import NoReturn

MOST_TESTS = 40


def verdict(code: int, why: str) -> NoReturn:
    Path(sys.argv[3], "judgemessage.txt").write_text(why + "\n")
    sys.exit(code)


def say(text: str) -> None:
    """A program that has ended does not read any more; what it wrote before is still judged."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115


def two_numbers(line: bytes, sign: bytes) -> tuple[int, int]:
    found = re.fullmatch(rb"%b +([0-9]{1,9}) +([0-9]{1,9})" % re.escape(sign), line)
    if not found:
        verdict(43, f"a line that is neither a test nor a report: {line[:60]!r}")
    return int(found[1]), int(found[2])


def main() -> NoReturn:
    n, _, *broken = (int(word) for word in Path(sys.argv[1]).read_text().split())
    first, last = (int(word) for word in Path(sys.argv[2]).read_text().split())
    if (first, last) != (broken[0], broken[-1]):
        sys.exit("the answer file does not belong to the input")
    say(str(n))
    tests = 0
    while True:
        line = sys.stdin.buffer.readline(200)
        if not line:
            verdict(43, f"the program ended after {tests} tests and reported nothing")
        line = line.strip()
        if line.startswith(b"!"):
            report = two_numbers(line, b"!")
            if report != (first, last):
                verdict(43, f"reported {report}, right is {(first, last)}")
            verdict(42, f"right after {tests} tests")
        a, b = two_numbers(line, b"?")
        if not 1 <= a < b <= n:
            verdict(43, f"a test between posts {a} and {b} of {n}")
        tests += 1
        if tests > MOST_TESTS:
            verdict(43, f"more than {MOST_TESTS} tests")
        say("0" if any(a <= section < b for section in broken) else "1")


main()
