from __future__ import annotations

import io
import zipfile

import pytest

from bilik.kit import zips


def packed(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def unpack(content: bytes, most: int) -> bytes:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return zips.unpacked(archive, archive.infolist()[0], most)


def test_a_member_is_unpacked_up_to_its_last_allowed_byte():
    content = packed(a=b"x" * 200_000)
    assert unpack(content, 200_000) == b"x" * 200_000
    with pytest.raises(zips.TooLarge):
        unpack(content, 199_999)


def test_what_a_zip_says_of_a_members_size_is_not_believed():
    """The folder at the end of the file says one byte; a hundred thousand come out, and their sum does not fit."""
    content = packed(a=b"x" * 100_000)
    lying = content.replace((100_000).to_bytes(4, "little"), (1).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises((zips.TooLarge, zips.Broken)):
        unpack(lying, 50_000)


def test_a_spoilt_and_a_locked_member_are_broken():
    content = bytearray(packed(a=b"Salam, Lankaran" * 50))
    content[40] ^= 0xFF
    with pytest.raises(zips.Broken):
        unpack(bytes(content), 10_000)
    locked = bytearray(packed(a=b"Salam"))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(zips.Broken):
        unpack(bytes(locked), 10_000)
