"""Returned values as strict JSON and back, without pickle: only types that are named here.

An encoded value is a list whose first item is a tag: ``["int", "5"]``, ``["list", [...]]``. Numbers
travel as text, so that nan, infinities and long integers survive while the JSON stays strict. Only
exact types count: a subclass may lie about itself (its ``__eq__`` is learner code), so it becomes
an ``Opaque`` with its name and a capped repr. numpy and pandas are never imported here: where they
are loaded (in the child) their objects are read, where they are not, ``Array`` and ``Table`` stand
for them.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import decimal
import fractions
import json
import json.encoder
from collections.abc import Callable
from typing import Any

from runner import arrays
from runner.shapes import Array, BadValue, Opaque, Table, TooBig

__all__ = ["Array", "BadValue", "Encoded", "Opaque", "Table", "decode", "encode", "holds_opaque"]

Encoded = list[Any]

MOST_DEPTH = 40
MOST_ITEMS = 20_000
MOST_CHARACTERS = 200_000  # on the wire, tags and escapes included
MOST_DIGITS = 4000
MOST_EXPONENT = 5000
_MOST_BITS = int(MOST_DIGITS * 3.3219)
_REPR_CHARACTERS = 300
_NAME_CHARACTERS = 80
_on_the_wire = json.encoder.encode_basestring_ascii


class _Encoder:
    """One walk over one value, with what it may still spend."""

    def __init__(self) -> None:
        self.items = MOST_ITEMS
        self.characters = MOST_CHARACTERS
        self.inside: set[int] = set()

    def encode(self, value: object, depth: int) -> Encoded:
        self.items -= 1
        if self.items < 0:
            raise TooBig("size")
        if depth > MOST_DEPTH:
            raise TooBig("depth")
        scalar = _SCALARS.get(type(value))
        if scalar is not None:
            encoded = scalar(value)
            self.spend(sum(len(_on_the_wire(part)) for part in encoded if type(part) is str))
            return encoded
        children = _CONTAINERS.get(type(value))
        if children is not None:
            return self._container(value, children, depth)
        return arrays.encode(value, self, depth) or _opaque(value, "type")

    def spend(self, characters: int) -> None:
        self.characters -= characters
        if self.characters < 0:
            raise TooBig("size")

    def _container(self, value: Any, tag: str, depth: int) -> Encoded:
        if id(value) in self.inside:
            raise TooBig("cycle")
        self.inside.add(id(value))
        try:
            if tag == "dict":
                pairs = [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in value.items()]
                return [tag, pairs]
            items = [self.encode(item, depth + 1) for item in value]
        finally:
            self.inside.discard(id(value))
        if tag in ("set", "frozenset"):
            items.sort(key=json.dumps)  # a set has no order; the same set must give the same text
        return [tag, items]


def encode(value: object) -> Encoded:
    """`value` as JSON; never raises for a value, whatever its methods do.

    A value too deep, too big or inside itself becomes an Opaque as a whole, with the reason.
    """
    try:
        return _Encoder().encode(value, 0)
    except TooBig as limit:
        return _opaque(value, str(limit))
    except RecursionError:
        return _opaque(value, "depth")
    except (TypeError, ValueError, AttributeError, OverflowError):
        return _opaque(value, "error")


def _opaque(value: object, reason: str) -> Encoded:
    name = str.__str__(type.__dict__["__name__"].__get__(type(value)))[:_NAME_CHARACTERS]
    if reason in ("size", "depth"):
        return ["opaque", name, "", reason]
    try:
        text = str.__str__(repr(value))[:_REPR_CHARACTERS]
    except Exception:  # its __repr__ is learner code and may do anything
        text = ""
    return ["opaque", name, text, reason]


def _int(value: int) -> Encoded:
    if value.bit_length() > _MOST_BITS:
        raise TooBig("size")  # before str(): turning a huge integer into digits takes minutes
    return ["int", str(value)]


def _float(value: float) -> Encoded:
    return ["float", repr(value)]


def _decimal(value: decimal.Decimal) -> Encoded:
    text = str(value)
    if len(text) > MOST_DIGITS or (value.is_finite() and abs(value.adjusted()) > MOST_EXPONENT):
        raise TooBig("size")
    return ["decimal", text]


def _moment(value: datetime.datetime | datetime.time) -> Encoded:
    zone = value.tzinfo
    # A time zone of the learner's own class would run its code here; the library's own are sound.
    if zone is not None and type(zone).__module__ not in ("datetime", "zoneinfo"):
        return _opaque(value, "type")
    return [type(value).__name__, value.isoformat()]


def _as_text(value: str) -> Encoded:
    return ["str", value]


_SCALARS: dict[type, Callable[[Any], Encoded]] = {
    type(None): lambda value: ["none"],
    bool: lambda value: ["bool", value],
    int: _int,
    float: _float,
    complex: lambda value: ["complex", repr(value.real), repr(value.imag)],
    str: _as_text,
    bytes: lambda value: ["bytes", base64.b64encode(value).decode()],
    range: lambda value: ["range", *(_int(part)[1] for part in (value.start, value.stop, value.step))],
    decimal.Decimal: _decimal,
    fractions.Fraction: lambda value: ["fraction", _int(value.numerator)[1], _int(value.denominator)[1]],
    datetime.date: lambda value: ["date", value.isoformat()],
    datetime.datetime: _moment,
    datetime.time: _moment,
    datetime.timedelta: lambda value: ["timedelta", value.days, value.seconds, value.microseconds],
    Opaque: lambda value: ["opaque", value.type_name, value.text, value.reason],
}
_CONTAINERS: dict[type, str] = {
    list: "list",
    tuple: "tuple",
    dict: "dict",
    set: "set",
    frozenset: "frozenset",
}


def decode(encoded: object) -> Any:
    """The value that ``encode`` wrote. Raises BadValue for any other JSON, and nothing else."""
    try:
        return _decode(encoded, 0)
    except BadValue:
        raise
    except (TypeError, ValueError, OverflowError, ArithmeticError, RecursionError) as error:
        raise BadValue(f"{type(error).__name__}: {error}"[:200]) from None


def _decode(encoded: object, depth: int) -> Any:
    if type(encoded) is not list or not encoded or depth > MOST_DEPTH + 1:
        raise BadValue("not an encoded value, or too deep")
    tag, *parts = encoded
    reader = _READERS.get(tag) if type(tag) is str else None
    if reader is not None:
        kinds, read = reader
        if len(parts) != len(kinds) or any(type(p) is not k for p, k in zip(parts, kinds, strict=True)):
            raise BadValue(f"wrong parts for {tag}")
        return read(*parts)

    def inner(item: object) -> Any:
        return _decode(item, depth + 1)

    if tag == "array" or tag == "table":
        return arrays.decode(tag, parts, inner)
    if len(parts) != 1 or type(parts[0]) is not list or len(parts[0]) > MOST_ITEMS:
        raise BadValue("not a container")
    items = parts[0]
    if tag == "dict":
        if any(type(pair) is not list or len(pair) != 2 for pair in items):
            raise BadValue("not pairs")
        return {inner(key): inner(value) for key, value in items}
    if type(tag) is not str or tag not in _MAKERS:
        raise BadValue("unknown tag")
    return _MAKERS[tag](inner(item) for item in items)


_MAKERS: dict[str, Callable[[Any], Any]] = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS + 2 or not text.isascii() or not text.removeprefix("-").isdigit():
        raise BadValue("not a whole number")
    return int(text)


def _real(text: str) -> float:
    if len(text) > 40:
        raise BadValue("not a float")
    return float(text)


def _read_decimal(text: str) -> decimal.Decimal:
    value = decimal.Decimal(text) if len(text) <= MOST_DIGITS else None
    # int() of a Decimal with a giant exponent would fill the host's memory.
    if value is None or (value.is_finite() and abs(value.adjusted()) > MOST_EXPONENT):
        raise BadValue("decimal out of range")
    return value


def _read_range(start: str, stop: str, step: str) -> range:
    return range(_whole(start), _whole(stop), _whole(step))


_READERS: dict[str, tuple[tuple[type, ...], Callable[..., Any]]] = {
    "none": ((), lambda: None),
    "bool": ((bool,), lambda value: value),
    "int": ((str,), _whole),
    "float": ((str,), _real),
    "complex": ((str, str), lambda real, imag: complex(_real(real), _real(imag))),
    "str": ((str,), lambda text: text),
    "bytes": ((str,), lambda text: _read_bytes(text)),
    "range": ((str, str, str), _read_range),
    "decimal": ((str,), _read_decimal),
    "fraction": ((str, str), lambda over, under: fractions.Fraction(_whole(over), _whole(under))),
    "date": ((str,), datetime.date.fromisoformat),
    "datetime": ((str,), datetime.datetime.fromisoformat),
    "time": ((str,), datetime.time.fromisoformat),
    "timedelta": ((int, int, int), datetime.timedelta),
    "opaque": ((str, str, str), Opaque),
}


def _read_bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadValue("not base64") from error


def holds_opaque(encoded: object) -> bool:
    """Whether something in this encoded value could not be encoded."""
    if type(encoded) is not list:
        return False
    return encoded[:1] == ["opaque"] or any(holds_opaque(part) for part in encoded)
