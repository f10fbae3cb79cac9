"""A package as names and bytes: a file, a folder, a zip or a tar, with caps on everything that could be too much.

Nothing is ever unpacked to the disk, so a name in an archive cannot lead out of a folder.
"""

from __future__ import annotations

import io
import os
import posixpath
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bilik.exchange.errors import NotReadable

MOST_ENTRIES = 40_000
LARGEST_ENTRY = 64_000_000
LARGEST_ALL = 512_000_000
LARGEST_RATIO = 200
"""How many times a packed file may grow when unpacked. XML and text grow 5 to 30 times."""
_SMALL = 1_000_000
"""Up to this size an entry may grow as much as it likes: spaces pack well."""
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, RuntimeError,
           NotImplementedError, LookupError, MemoryError)  # fmt: skip


@dataclass(frozen=True)
class Package:
    """What was handed in: a name, the paths of its files (with /), and how to read one."""

    name: str
    names: tuple[str, ...]
    _read: Callable[[str], bytes] = field(repr=False)
    _known: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", frozenset(self.names))

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises NotReadable when it is too large or broken, KeyError when it is not there."""
        if name not in self._known:
            raise KeyError(name)
        return self._read(name)

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self._known

    def text(self, name: str) -> str:
        """The text of a file, UTF-8 with or without a mark, else UTF-16 with one, else read as Latin-1."""
        return decoded(self.read(name))

    def near(self, base: str, link: str) -> str | None:
        """The file that a relative `link` in the file `base` means, or None."""
        plain = link.partition("?")[0].partition("#")[0].replace("\\", "/")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(base), plain))
        return name if plain and self.has(name) else None

    def ending(self, *endings: str) -> Iterator[str]:
        """The files whose names end so, capitals or not."""
        return (name for name in self.names if name.lower().endswith(endings))


def decoded(raw: bytes) -> str:
    """Bytes as text, whatever they are; line ends as on Unix."""
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            break
    return raw.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def open_package(path: Path) -> Package:
    """A folder, an archive or a single file as a package. Raises NotReadable."""
    if path.is_dir():
        return _from_folder(path)
    try:
        if path.stat().st_size > LARGEST_ALL:
            raise NotReadable(f"{path.name} has more than {LARGEST_ALL // 1_000_000} MB.")
        return package_of(path.read_bytes(), path.name)
    except OSError as error:
        raise NotReadable(f"{path.name} cannot be read: {error.strerror}.") from error


def package_of(raw: bytes, name: str) -> Package:
    """The same for a file that is in memory already."""
    try:
        if raw[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            return _from_zip(raw, name)
        if raw[:2] == b"\x1f\x8b" or raw[:3] == b"BZh" or raw[:6] == b"\xfd7zXZ\x00" or raw[257:262] == b"ustar":
            return _from_tar(raw, name)
    except _BROKEN as error:
        raise NotReadable(f"{name} is an archive that cannot be opened: {error}.") from error
    return Package(name, (name,), lambda _: raw)


def _from_folder(path: Path) -> Package:
    files: dict[str, Path] = {}
    total = 0
    for folder, inner, names in os.walk(path):
        # Hidden folders hold the history of a repository; links could lead out of the package.
        inner[:] = sorted(each for each in inner if each == ".docs" or each == ".meta" or not each.startswith("."))
        for each in sorted(names):
            file = Path(folder) / each
            if file.is_symlink() or not file.is_file():
                continue
            total += file.stat().st_size
            files[_printable(file.relative_to(path).as_posix())] = file
            _check_caps(path.name, len(files), total)
    return Package(path.name, tuple(files), lambda name: _read_file(files[name], name))


def _read_file(file: Path, name: str) -> bytes:
    try:
        if file.stat().st_size > LARGEST_ENTRY:
            raise NotReadable(f"{name} has more than {LARGEST_ENTRY // 1_000_000} MB.")
        return file.read_bytes()
    except OSError as error:
        raise NotReadable(f"{name} cannot be read: {error.strerror}.") from error


def _from_zip(raw: bytes, name: str) -> Package:
    archive = zipfile.ZipFile(io.BytesIO(raw))
    entries = {_inside(info.filename): info for info in archive.infolist() if not info.is_dir()}
    entries.pop("", None)
    _check_caps(name, len(archive.infolist()), sum(info.file_size for info in entries.values()))
    for inside, info in entries.items():
        if info.file_size > _SMALL and info.file_size > LARGEST_RATIO * max(1, info.compress_size):
            raise NotReadable(f"{inside} in {name} would grow more than {LARGEST_RATIO} times: it is not unpacked.")

    def read(inside: str) -> bytes:
        info = entries[inside]
        if info.file_size > LARGEST_ENTRY:
            raise NotReadable(f"{inside} in {name} has more than {LARGEST_ENTRY // 1_000_000} MB.")
        try:
            with archive.open(info) as file:
                # What the archive says of the size need not be true.
                return file.read(info.file_size + 1)[: info.file_size]
        except _BROKEN as error:
            raise NotReadable(f"{inside} in {name} cannot be unpacked: {error}.") from error

    return Package(name, tuple(entries), read)


def _from_tar(raw: bytes, name: str) -> Package:
    """All at once: a packed tar cannot be read from the middle."""
    files: dict[str, bytes] = {}
    total = 0
    budget = min(LARGEST_ALL, max(_SMALL * 20, LARGEST_RATIO * len(raw)))
    with tarfile.open(fileobj=io.BytesIO(raw), mode="r:*") as archive:
        for number, member in enumerate(archive, 1):
            total += max(0, member.size)
            _check_caps(name, number, total)
            if total > budget:
                raise NotReadable(f"{name} would grow more than {LARGEST_RATIO} times: it is not unpacked.")
            inside = _inside(member.name)
            if member.isreg() and inside and member.size <= LARGEST_ENTRY and (file := archive.extractfile(member)):
                files[inside] = file.read()
    return Package(name, tuple(files), files.__getitem__)


def _check_caps(name: str, entries: int, total: int) -> None:
    if entries > MOST_ENTRIES:
        raise NotReadable(f"{name} has more than {MOST_ENTRIES} files.")
    if total > LARGEST_ALL:
        raise NotReadable(f"{name} has more than {LARGEST_ALL // 1_000_000} MB when unpacked.")


def _inside(name: str) -> str:
    """A name of an archive as a plain path inside of it; empty when it leads out or is hidden rubbish."""
    path = posixpath.normpath(_printable(name).replace("\\", "/"))
    if path.startswith(("/", "../")) or path in (".", "..") or "\0" in path or path.startswith("__MACOSX/"):
        return ""
    return path


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
