"""Length-prefixed JSON between the host and a child, read as if an enemy had written it."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from typing import Any

MOST_FRAME_BYTES = 512 * 1024
MOST_REPLY_BYTES = 2 * 1024 * 1024
MOST_NESTING = 200
MOST_DIGITS = 20

_LENGTH = struct.Struct("!I")
_STRINGS_OR_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


class BadFrame(ValueError):
    """Bytes that are not a frame within the caps."""


def pack(frame: dict[str, Any]) -> bytes:
    """One frame as bytes. ASCII only, so that lone surrogates survive; never NaN or Infinity."""
    body = json.dumps(frame, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")
    return _LENGTH.pack(len(body)) + body


class FrameReader:
    """Bytes in, frames out. Holds at most one reply's cap of bytes."""

    def __init__(self, most_frame: int = MOST_FRAME_BYTES, most_total: int = MOST_REPLY_BYTES) -> None:
        self._most_frame = most_frame
        self._left = most_total
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[dict[str, Any]]:
        """Every frame that `data` completes. Raises BadFrame; the reader is then of no more use."""
        self._left -= len(data)
        if self._left < 0:
            raise BadFrame("the reply is too long")
        self._buffer += data
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > self._most_frame:
                raise BadFrame("a frame is too long")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[_LENGTH.size : end])
            del self._buffer[:end]
            yield unpack(body)


def unpack(body: bytes) -> dict[str, Any]:
    """One frame's object. Raises BadFrame for anything that strict JSON or the caps forbid."""
    if body.count(b"[") + body.count(b"{") > MOST_NESTING and _nesting(body) > MOST_NESTING:
        raise BadFrame("nested too deeply")
    try:
        frame = json.loads(
            body,
            parse_constant=_refuse_constant,
            parse_int=_short_int,
            object_pairs_hook=_no_twins,
        )
    except (ValueError, RecursionError) as error:
        raise BadFrame(str(error)[:100]) from None
    if type(frame) is not dict:
        raise BadFrame("a frame is an object")
    return frame


def _nesting(body: bytes) -> int:
    """The deepest nesting, counted without recursion; brackets within strings do not count."""
    deepest = depth = 0
    for token in _STRINGS_OR_BRACKETS.findall(body):
        if token in (b"[", b"{"):
            depth += 1
            deepest = max(deepest, depth)
        elif token in (b"]", b"}"):
            depth -= 1
    return deepest


def _refuse_constant(name: str) -> None:
    raise BadFrame(f"{name} is not JSON")


def _short_int(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise BadFrame("a number is too long")
    return int(digits)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise BadFrame("a key appears twice")
    return made
