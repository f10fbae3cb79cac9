"""A submission packed into a zip or a gzip: one file, nothing nested, nothing that grows beyond measure.

Nothing is written to the disk, so a name in an archive leads nowhere; names that try are refused all the same.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

from bilik.kit.zips import Broken, TooLarge, unpacked
from bilik.scoring.findings import refused, shown
from bilik.scoring.table import Limits

_MOST_ENTRIES = 20
_LARGEST_DIRECTORY = 20_000
_FREE = 1_000_000
"""Up to this size a file may grow as much as it likes."""
_IGNORED = ("__MACOSX/", ".DS_Store")


def unzipped(raw: bytes, limits: Limits) -> bytes:
    """The one file of a zip. Raises SubmissionRefused."""
    _check_directory(raw)
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, IndexError):
        raise refused("archive.broken") from None
    members = [info for info in archive.infolist() if not info.is_dir() and not _is_ignored(info.filename)]
    for info in members:
        _check_member(info)
    if len(members) != 1:
        raise refused("archive.count", count=len(members))
    (member,) = members
    try:
        return unpacked(archive, member, _most(member.compress_size, limits))
    except TooLarge:
        raise refused("archive.large", most=limits.size // 1_000_000, ratio=limits.ratio) from None
    except Broken:
        raise refused("archive.broken") from None


def ungzipped(raw: bytes, limits: Limits) -> bytes:
    """The content of a gzip of one part. Raises SubmissionRefused."""
    most = _most(len(raw), limits)
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(raw, most + 1)
    except zlib.error:
        raise refused("archive.broken") from None
    if len(content) > most:
        raise refused("archive.large", most=limits.size // 1_000_000, ratio=limits.ratio)
    if not unpacker.eof or unpacker.unused_data:
        raise refused("archive.broken")
    return content


def _most(packed: int, limits: Limits) -> int:
    return min(limits.size, max(_FREE, packed * limits.ratio))


def _check_directory(raw: bytes) -> None:
    """The list of entries must be short, before anything reads it: a million entries would take seconds."""
    at = raw.rfind(b"PK\x05\x06", max(0, len(raw) - 65_557))
    if at < 0 or len(raw) < at + 22:
        raise refused("archive.broken")
    entries, size = struct.unpack_from("<HI", raw, at + 10)
    if entries > _MOST_ENTRIES or size > _LARGEST_DIRECTORY:
        raise refused("archive.count", count=entries if entries != 0xFFFF else f"≥ {0xFFFF}")


def _is_ignored(name: str) -> bool:
    return name.startswith(_IGNORED[0]) or name.rpartition("/")[2] == _IGNORED[1]


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    odd = name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\\" in name or "\x00" in name
    if odd or stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        raise refused("archive.name", name=shown(name))
    if info.flag_bits & 0x1:
        raise refused("archive.password")
    if name.lower().endswith((".npy", ".npz", ".pkl", ".pt", ".joblib")) or name.startswith(("xl/", "[Content_Types]")):
        raise refused("file.kind", kind="Excel (.xlsx)" if name.startswith(("xl/", "[")) else shown(name))
