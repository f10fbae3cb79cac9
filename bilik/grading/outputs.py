"""Whether two printed texts are the same, in one of the ways an author can ask for."""

from __future__ import annotations

from fractions import Fraction

from bilik.grading.numbers import NotANumber, read_number

COMPARISONS = ("lines", "exact", "words", "contains", "numbers")


def tidy_lines(text: str) -> list[str]:
    """The lines without spaces at their ends and without empty lines at both ends of the text."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def same_output(
    got: str, expected: str, compare: str, *, absolute: Fraction = Fraction(0), relative: Fraction = Fraction(0)
) -> bool:
    """Compares what a program printed with what it should have printed.

    lines: see `tidy_lines`. exact: every character. words: white space of any kind separates words. contains: the
    expected text, tidied, stands somewhere in the output. numbers: as words, but numbers may differ by `absolute` or
    by `relative` times the expected number, whichever is more.
    """
    if compare == "exact":
        return got == expected
    if compare == "words":
        return got.split() == expected.split()
    if compare == "contains":
        return "\n".join(tidy_lines(expected)) in "\n".join(tidy_lines(got))
    if compare == "numbers":
        return _same_words(got.split(), expected.split(), absolute, relative)
    return tidy_lines(got) == tidy_lines(expected)


def _same_words(got: list[str], expected: list[str], absolute: Fraction, relative: Fraction) -> bool:
    return len(got) == len(expected) and all(
        one == other or _near(one, other, absolute, relative) for one, other in zip(got, expected, strict=True)
    )


def _near(one: str, other: str, absolute: Fraction, relative: Fraction) -> bool:
    try:
        target = read_number(other)
        return abs(read_number(one) - target) <= max(absolute, relative * abs(target))
    except NotANumber:
        return False
