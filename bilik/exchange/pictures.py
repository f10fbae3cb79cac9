"""Pictures of a package on their way into a lesson: a name of our own, a kind we show, a size that a phone can load."""

from __future__ import annotations

import base64
import binascii
import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from bilik.exchange.names import slug
from bilik.grading.pictures import PICTURE_TYPES

LARGEST_PICTURE = 1_000_000
_DATA = re.compile(r"data:image/([a-z+]+);base64,(.*)", re.DOTALL | re.IGNORECASE)
_DATA_ENDINGS = {"png": ".png", "jpeg": ".jpg", "jpg": ".jpg", "gif": ".gif", "webp": ".webp", "svg+xml": ".svg"}
_SVG_DANGER = re.compile(rb"<script|\son[a-z]+\s*=|javascript:|<foreignObject", re.IGNORECASE)

Find = Callable[[str], bytes | None]
"""From an address in a text to the bytes it means inside the package."""


def nothing(_: str) -> bytes | None:
    """For packages that hold no pictures."""
    return None


class NoPicture(Exception):
    """Why a picture cannot be taken over, as the end of a sentence."""


@dataclass
class Pictures:
    """The pictures of one piece of text: bytes by their name relative to the lesson, such as `img/heart.svg`."""

    find: Find = nothing
    taken: dict[str, bytes] = field(default_factory=dict)

    def take(self, address: str) -> str:
        """The name under which a picture will stand in the lesson. Raises NoPicture."""
        name, content = self._content(address.strip())
        ending = posixpath.splitext(name)[1].lower()
        if ending not in PICTURE_TYPES:
            raise NoPicture("is not of a kind that is shown")
        if len(content) > LARGEST_PICTURE:
            raise NoPicture(f"has {len(content) // 1000} kB; at most {LARGEST_PICTURE // 1000} are shown")
        if ending == ".svg" and _SVG_DANGER.search(content):
            raise NoPicture("is an SVG that holds a program")
        stem = slug(posixpath.splitext(posixpath.basename(name))[0], "picture")[:40].strip("-")
        digest = hashlib.sha256(content).hexdigest()[:8]
        inside = f"img/{stem}-{digest}{ending}"
        self.taken[inside] = content
        return inside

    def _content(self, address: str) -> tuple[str, bytes]:
        if match := _DATA.match(address):
            ending = _DATA_ENDINGS.get(match[1].lower(), "")
            try:
                return f"picture{ending}", base64.b64decode(unquote(match[2]), validate=False)
            except (binascii.Error, ValueError) as error:
                raise NoPicture("is broken") from error
        content = self.find(unquote(address)) or self.find(address)
        if content is None:
            raise NoPicture("is not in the package")
        return unquote(address.partition("?")[0].partition("#")[0]).removeprefix("attachment:"), content
