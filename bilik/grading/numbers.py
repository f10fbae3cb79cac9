"""Numbers as people type them, read exactly: a comma or a point, spaces between thousands, a minus of any kind."""

from __future__ import annotations

import re
from fractions import Fraction

LONGEST = 60
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']+")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_THOUSANDS = {mark: re.compile(rf"[+-]?\d{{1,3}}(?:[{mark}]\d{{3}})+(?!\d)[^{mark}]*", re.ASCII) for mark in ",."}


class NotANumber(ValueError):
    """The text is not one number."""


def read_number(text: str) -> Fraction:
    """The exact value of "12,5", "12.5", "1 250", "−3", "3/4", "1.5e3".

    A comma is a decimal comma, unless a point follows it ("1,250.5"); then commas stand between thousands, and
    the other way round. A mark that stands more than once stands between thousands, too ("1,250,000"). Raises
    NotANumber, also for infinities and for exponents beyond 308.
    """
    if len(text) > LONGEST:
        raise NotANumber(text)
    compact = _SPACES.sub("", text.strip()).replace("\u2212", "-").replace("\u2013", "-")
    if "/" in compact:
        above, _, below = compact.partition("/")
        divisor = _plain_number(below)
        if divisor == 0:
            raise NotANumber(text)
        return _plain_number(above) / divisor
    return _plain_number(compact)


def exact_number(text: str) -> Fraction:
    """A number as an author writes it in a file: "0.1", "1/3", "1e-9". Raises NotANumber."""
    text = text.strip()
    _, _, exponent = text.lower().partition("e")
    if len(text) > LONGEST or (exponent and not re.fullmatch(r"[+-]?\d{1,3}", exponent, re.ASCII)):
        raise NotANumber(text)
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise NotANumber(text) from None


def _plain_number(compact: str) -> Fraction:
    """A number without spaces and without a fraction bar."""
    text = compact
    compact = _without_thousands(compact).replace(",", ".")
    if not _NUMBER.fullmatch(compact):
        raise NotANumber(text)
    _, _, exponent = compact.lower().partition("e")
    if exponent and abs(int(exponent)) > 308:
        raise NotANumber(text)
    return Fraction(compact if not compact.endswith(".") else compact + "0")


def _without_thousands(compact: str) -> str:
    """The number without the marks between its thousands: two kinds of marks, or one kind more than once."""
    if "," in compact and "." in compact:
        mark = "," if compact.rfind(",") < compact.rfind(".") else "."
    else:
        mark = next((mark for mark in ",." if compact.count(mark) > 1), "")
    if not mark:
        return compact
    if not _THOUSANDS[mark].fullmatch(compact):
        raise NotANumber(compact)
    return compact.replace(mark, "")


def plain(number: Fraction, decimals: int = 6) -> str:
    """A number for people: 12.5, 1/3 as 0.333333, no zeros at the end."""
    scaled = round(number * 10**decimals)
    text = _fixed(scaled, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def exactly(number: Fraction) -> str:
    """A number as it is: 12.5, and 1/3 where no decimals end it."""
    text = plain(number, 30)
    return text if Fraction(text) == number else str(number)


def _fixed(scaled: int, decimals: int) -> str:
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits
