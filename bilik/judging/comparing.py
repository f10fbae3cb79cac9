"""The default output validator: two texts, token by token, with the format's flags. Exact, and in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

_TOKEN = re.compile(rb"[^ \f\n\r\t\v]+")
_FLOAT = re.compile(rb"[+-]?(?:[0-9]*\.[0-9]+|[0-9]+\.?)(?:[eE][+-]?[0-9]+)?")
# A thousand digits: sums of what people write are exact. Nothing is trapped; what overflows is near to nothing.
_EXACT = Context(prec=1000, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
_MOST_NUMBER_BYTES = 400
_SHOWN = 60


class BadFlags(ValueError):
    """The package gives the validator flags that it does not have."""


@dataclass(frozen=True)
class Flags:
    """How to compare. A tolerance of None: there is none of that kind."""

    case_sensitive: bool = False
    space_change_sensitive: bool = False
    absolute: Decimal | None = None
    relative: Decimal | None = None

    @property
    def floats(self) -> bool:
        return self.absolute is not None or self.relative is not None


def flags_of(arguments: Sequence[str]) -> Flags:
    """The flags in a list of arguments. Raises BadFlags."""
    words = iter(arguments)
    case = spaces = False
    given: dict[str, Decimal] = {}
    for word in words:
        if word == "case_sensitive":
            case = True
        elif word == "space_change_sensitive":
            spaces = True
        elif word in ("float_absolute_tolerance", "float_relative_tolerance", "float_tolerance"):
            if word in given:
                raise BadFlags(f"{word} is given twice")
            given[word] = _tolerance(word, next(words, ""))
        else:
            raise BadFlags(f"there is no flag {word!r}")
    both = given.pop("float_tolerance", None)
    if both is not None and given:
        raise BadFlags("float_tolerance does not go with the other tolerances")
    return Flags(case, spaces, given.get("float_absolute_tolerance", both), given.get("float_relative_tolerance", both))


def _tolerance(flag: str, text: str) -> Decimal:
    value = _number(text.encode("utf-8", "replace"))
    if value is None or value < 0 or not value.is_finite():
        raise BadFlags(f"{flag} takes a number such as 1e-6, not {text!r}")
    return value


def compare(output: bytes, answer: bytes, flags: Flags) -> str:
    """Why the output is not the answer, for a judge; empty when it is."""
    if output == answer:
        return ""
    if flags.space_change_sensitive and _spaces(output) != _spaces(answer):
        return "the white space differs"
    given, wanted = _tokens(output), _tokens(answer)
    number = 0
    for number, want in enumerate(wanted, 1):
        got = next(given, None)
        if got is None:
            return f"the output ends before token {number}, {_shown(want)}"
        if not _same(got, want, flags):
            return f"token {number} is {_shown(got)}, and should be {_shown(want)}"
    extra = next(given, None)
    return "" if extra is None else f"after token {number} there is more: {_shown(extra)}"


def _tokens(text: bytes) -> Iterator[bytes]:
    return (match[0] for match in _TOKEN.finditer(text))


def _spaces(text: bytes) -> bytes:
    """The text with every token made into one letter: what is left is the white space and where it stands."""
    return _TOKEN.sub(b"x", text)


def _same(got: bytes, want: bytes, flags: Flags) -> bool:
    if flags.floats:
        target = _number(want)
        if target is not None:
            value = _number(got)
            return value is not None and _near(value, target, flags)
    if flags.case_sensitive:
        return got == want
    return got == want or _folded(got) == _folded(want)


def _folded(token: bytes) -> bytes:
    return token.lower()  # bytes.lower() knows ASCII only, as the format wants


def _near(value: Decimal, target: Decimal, flags: Flags) -> bool:
    if not value.is_finite() or not target.is_finite():
        return False
    gap = _EXACT.abs(_EXACT.subtract(value, target))
    if not gap.is_finite():
        return False
    if flags.absolute is not None and gap <= flags.absolute:
        return True
    return flags.relative is not None and gap <= _EXACT.multiply(flags.relative, _EXACT.abs(target))


def _number(token: bytes) -> Decimal | None:
    """The token as a number of the format's grammar: decimal digits, a point, an exponent, and nothing else."""
    if len(token) > _MOST_NUMBER_BYTES or not _FLOAT.fullmatch(token):
        return None
    return _EXACT.create_decimal(token.decode("ascii"))


def _shown(token: bytes) -> str:
    text = token[:_SHOWN].decode("utf-8", "replace").replace("\x00", "␀")
    return repr(text) + ("…" if len(token) > _SHOWN else "")
