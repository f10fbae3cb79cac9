"""Reading zips that anybody may have made."""

from __future__ import annotations

import zipfile
import zlib

_PIECE = 64 * 1024


class Broken(Exception):
    """A member that cannot be unpacked."""


class TooLarge(Exception):
    """A member that is larger than it may be."""


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """A member's content, at most `most` bytes. Raises TooLarge and Broken.

    Sizes are counted while unpacking: what a zip says of itself may be a lie.
    """
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > most:
                    raise TooLarge
                pieces.append(piece)
    # zipfile raises NotImplementedError for methods it does not know, RuntimeError for a password.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Broken from error
    return b"".join(pieces)
