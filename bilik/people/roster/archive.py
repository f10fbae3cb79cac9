"""Zips, read in memory. Nothing is unpacked to a disk, so a name in a zip can lead nowhere."""

from __future__ import annotations

import io
import zipfile

from bilik.kit import zips
from bilik.people.roster.plain import LARGEST_FILE, Unreadable

MOST_MEMBERS = 200
# A school's CSV files shrink to about a tenth. What grows beyond this is no list of people.
LARGEST_UNPACKED = 200 * 1024 * 1024


def read_zip(content: bytes, file: str, wanted: frozenset[str]) -> dict[str, bytes]:
    """The wanted members by their bare names, from the top of the zip or from one folder in it.

    Sizes are counted while unpacking: what a zip says of itself may be a lie. Raises Unreadable.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable("file_too_large", file, most=LARGEST_FILE // 1024 // 1024)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unreadable("bad_zip", file) from None
    if len(members) > MOST_MEMBERS:
        raise Unreadable("too_many_members", file, most=MOST_MEMBERS)
    found: dict[str, bytes] = {}
    left = LARGEST_UNPACKED
    for member in members:
        name = member.filename.replace("\\", "/").rpartition("/")[2].lower()
        if member.is_dir() or name not in wanted or name in found or "__MACOSX" in member.filename:
            continue
        if member.flag_bits & 0x1:
            raise Unreadable("locked_zip", file)
        try:
            found[name] = zips.unpacked(archive, member, left)
        except zips.TooLarge:
            raise Unreadable("zip_bomb", file, most=LARGEST_UNPACKED // 1024 // 1024) from None
        except zips.Broken:
            raise Unreadable("bad_zip", file) from None
        left -= len(found[name])
    return found
