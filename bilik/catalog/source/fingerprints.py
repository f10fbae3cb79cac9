"""Fingerprints of source files, and the stamp by which a translation says which source it was made from."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from bilik.grading.exercise import as_text
from bilik.grading.text import split_stamp

_LANGUAGE_FILE = re.compile(r"^(lesson|exercise|exam)\.([a-z]{2})\.md$")


def fingerprint(text: str) -> str:
    """The first twelve hex digits of the SHA-256 of a file's text, without its stamp."""
    _, body = split_stamp(text)
    return hashlib.sha256(body.replace("\r\n", "\n").strip().encode("utf-8")).hexdigest()[:12]


def stamped(text: str, source: str) -> str:
    """A translation with the line that says it was made from this `source`."""
    _, body = split_stamp(text)
    return f"<!-- source: {fingerprint(source)} -->\n{body.lstrip()}"


def _is_real(file: Path) -> bool:
    """Whether it is a file and no link, which could lead out of the course."""
    return file.is_file() and not file.is_symlink()


def stamp_course(path: Path, *, source_language: str, languages: set[str] | None = None) -> list[Path]:
    """Stamps every translation in a course as made from the present source; the files that changed come back."""
    changed = []
    for file in sorted(path.rglob("*.md")):
        match = _LANGUAGE_FILE.match(file.name)
        if not match or match[2] == source_language or (languages and match[2] not in languages):
            continue
        source = file.with_name(f"{match[1]}.{source_language}.md")
        if not _is_real(file) or not _is_real(source):
            continue
        try:
            before = as_text(file.read_bytes())
            after = stamped(before, as_text(source.read_bytes()))
        except UnicodeDecodeError:
            continue  # `bilik course check` says so
        if after != before:
            file.write_text(after, encoding="utf-8")
            changed.append(file)
    return changed
