"""How large the pages of a Parquet file say they become, before anything unpacks them.

The metadata at the end of a file gives sizes that nobody checks; each page has a header of its own by which memory is
taken. These headers are Thrift structs in the compact protocol, of which this reads three numbers and skips the rest.
Format: github.com/apache/parquet-format (PageHeader) and the compact protocol of Apache Thrift.
"""

from __future__ import annotations

_STOP, _TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(13)
_INTEGERS = (_I16, _I32, _I64)
_DEEPEST = 10
_LONGEST = 1_000
"""Things that one header may hold: statistics, a few numbers. More is no header."""


class NotAHeader(Exception):
    """Bytes that are no page header."""


class _Reader:
    """Reads one header; every step is counted, so that nothing hostile takes long."""

    def __init__(self, raw: bytes, at: int) -> None:
        self.raw, self.at, self._steps = raw, at, 0

    def byte(self) -> int:
        self._steps += 1
        if self.at >= len(self.raw) or self._steps > _LONGEST:
            raise NotAHeader
        self.at += 1
        return self.raw[self.at - 1]

    def unsigned(self) -> int:
        value = shift = 0
        while shift < 64:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
        raise NotAHeader

    def signed(self) -> int:
        value = self.unsigned()
        return (value >> 1) ^ -(value & 1)

    def skip_bytes(self, count: int) -> None:
        if count < 0 or count > len(self.raw) - self.at:
            raise NotAHeader
        self.at += count

    def struct(self, depth: int = 0) -> dict[int, int]:
        """The integers of a struct by field; everything else is skipped."""
        if depth > _DEEPEST:
            raise NotAHeader
        found: dict[int, int] = {}
        field = 0
        while (head := self.byte()) != _STOP:
            field = field + (head >> 4) if head >> 4 else self.signed()
            kind = head & 0x0F
            if kind in _INTEGERS:
                found[field] = self.signed()
            elif kind not in (_TRUE, _FALSE):
                self._skip(kind, depth)
        return found

    def _skip(self, kind: int, depth: int) -> None:
        if kind in _INTEGERS:
            self.signed()
        elif kind in (_TRUE, _FALSE, _BYTE):
            self.skip_bytes(1)
        elif kind == _DOUBLE:
            self.skip_bytes(8)
        elif kind == _BINARY:
            self.skip_bytes(self.unsigned())
        elif kind == _STRUCT:
            self.struct(depth + 1)
        elif kind in (_LIST, _SET):
            head = self.byte()
            for _ in range(head >> 4 if head >> 4 < 15 else self.unsigned()):
                self._skip(head & 0x0F, depth + 1)
        else:
            raise NotAHeader


def unpacked_size(raw: bytes, begin: int, length: int, most: int) -> int:
    """The bytes that the pages of one column chunk become; stops counting above `most`. Raises NotAHeader."""
    if begin < 4 or length < 0 or begin + length > len(raw):
        raise NotAHeader
    at, total = begin, 0
    while at < begin + length and total <= most:
        reader = _Reader(raw, at)
        header = reader.struct()
        unpacked, packed = header.get(2, -1), header.get(3, -1)
        if unpacked < 0 or packed < 0:
            raise NotAHeader
        reader.skip_bytes(packed)
        at, total = reader.at, total + unpacked
    return total
