"""Files that people hand in. Nothing in them is run, unpacked or shown by this program; they are kept and given back.

A file is *described* by its name, its SHA-256 and its size; an answer holds descriptions, the contents lie with the
submission.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bilik.grading.answers import InvalidAnswer

# What the first bytes of each kind of file are; empty where it is text.
SUFFIXES: dict[str, tuple[bytes, ...]] = {
    ".py": (), ".ipynb": (), ".csv": (), ".txt": (), ".md": (), ".json": (), ".sql": (),
    ".pdf": (b"%PDF-",), ".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",),
    ".zip": (b"PK\x03\x04", b"PK\x05\x06"), ".xlsx": (b"PK\x03\x04",), ".docx": (b"PK\x03\x04",),
}  # fmt: skip
LONGEST_NAME = 120
_DIGEST = re.compile("[0-9a-f]{64}")
_UNWELCOME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True)
class Upload:
    """A file that somebody handed in: its name, cleaned, and its content."""

    name: str
    content: bytes

    def description(self) -> str:
        """The file as an answer holds it: name, digest, size, as JSON."""
        digest = hashlib.sha256(self.content).hexdigest()
        return json.dumps({"name": self.name, "sha256": digest, "size": len(self.content)}, sort_keys=True)


def taken(name: str, content: bytes, *, suffixes: list[str], max_mb: int) -> Upload:
    """A file as it may be kept. Raises InvalidAnswer: unwelcome, too large, empty, or not what its name says."""
    clean = clean_name(name)
    suffix = PurePosixPath(clean).suffix.lower()
    if suffix not in suffixes:
        raise InvalidAnswer("invalid.file_kind", name=clean, known=", ".join(suffixes))
    if not content:
        raise InvalidAnswer("invalid.file_empty", name=clean)
    if len(content) > max_mb * 1_000_000:
        raise InvalidAnswer("invalid.file_large", name=clean, most=max_mb)
    if not _is_what_it_says(suffix, content):
        raise InvalidAnswer("invalid.file_not_so", name=clean, suffix=suffix)
    return Upload(clean, content)


def clean_name(name: str) -> str:
    """A name without folders, control and direction signs, and not longer than 120 characters."""
    last = name.replace("\\", "/").rpartition("/")[2].encode("utf-8", "replace").decode()
    stem, dot, suffix = _UNWELCOME.sub("_", last).strip(" .").rpartition(".")
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}{dot}{suffix[:20]}" if dot else suffix[:LONGEST_NAME] or "file"


def _is_what_it_says(suffix: str, content: bytes) -> bool:
    """Whether the first bytes are those of the suffix; texts are UTF-8 without NUL, notebooks and JSON readable."""
    if starts := SUFFIXES[suffix]:
        return content.startswith(starts)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if suffix in {".ipynb", ".json"}:
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return False
    return "\x00" not in text


def described(item: str) -> dict[str, Any]:
    """A description as `parse` finds it in a form. Raises InvalidAnswer for anything else."""
    try:
        data = json.loads(item)
    except (ValueError, RecursionError):
        raise InvalidAnswer("invalid.file_lost") from None
    if not isinstance(data, dict) or set(data) != {"name", "sha256", "size"}:
        raise InvalidAnswer("invalid.file_lost")
    name, digest, size = data["name"], data["sha256"], data["size"]
    if not (isinstance(name, str) and isinstance(digest, str) and isinstance(size, int) and 0 < size < 10**9):
        raise InvalidAnswer("invalid.file_lost")
    if not _DIGEST.fullmatch(digest) or clean_name(name) != name:
        raise InvalidAnswer("invalid.file_lost")
    return {"name": name, "sha256": digest, "size": size}
