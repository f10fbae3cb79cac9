"""Small packages made in memory, and what the importers make of them."""

from __future__ import annotations

import io
import struct
import tarfile
import tomllib
import zipfile
import zlib
from pathlib import Path
from typing import Any

from bilik.exchange.convert import FALLBACK_SKILL, convert, read_package
from bilik.exchange.model import Course, Exercise, Text
from bilik.exchange.packages import Package, package_of
from bilik.exchange.report import Item, Report
from bilik.exchange.writer import Wishes, Written, write
from bilik.grading.exercise import read_exercise
from bilik.grading.problems import Problem

SKILLS = {FALLBACK_SKILL, "ext:python-lists"}


def png(width: int = 40, height: int = 30) -> bytes:
    """A real, grey picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: dict[str, str | bytes]) -> bytes:
    """A tar.gz archive of these files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in files.items():
            raw = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return out.getvalue()


def package(files: dict[str, str | bytes] | str | bytes, name: str = "package.zip") -> Package:
    """A package of several files, or of one."""
    if isinstance(files, dict):
        return package_of(zipped(files), name)
    return package_of(files.encode() if isinstance(files, str) else files, name)


class Imported:
    """A package that was read and written to memory, with short ways to ask what came of it."""

    def __init__(
        self, files: dict[str, str | bytes] | str | bytes, name: str = "package.zip", *, language: str = "en"
    ) -> None:
        self.course: Course
        self.report: Report
        self.course, self.report = read_package(package(files, name), language=language)
        wishes = Wishes(language=language, skills=(FALLBACK_SKILL,))
        self.written: Written = write(self.course, wishes, self.report)

    @property
    def exercises(self) -> list[Exercise]:
        return [piece for lesson in self.course.lessons for piece in lesson.pieces if isinstance(piece, Exercise)]

    @property
    def prose(self) -> str:
        texts = [piece for lesson in self.course.lessons for piece in lesson.pieces if isinstance(piece, Text)]
        return "\n\n".join(text.markdown for text in texts)

    def item(self, title: str) -> Item:
        return next(item for item in self.report.items if item.title == title)

    def said(self, title: str) -> str:
        """All notes on an item as one text."""
        return " | ".join(f"{note.status}: {note.text}" for note in self.item(title).notes)

    def keys(self, number: int = 0) -> dict[str, Any]:
        """The exercise.toml of an exercise."""
        folder = list(self.written.exercises)[number]
        return tomllib.loads(self.written.files[f"{folder}/exercise.toml"].decode())

    def words(self, number: int = 0, language: str = "en") -> str:
        """The exercise.LANG.md of an exercise."""
        folder = list(self.written.exercises)[number]
        return self.written.files[f"{folder}/exercise.{language}.md"].decode()

    def lesson(self, number: int = 0, language: str = "en") -> str:
        names = sorted(name for name in self.written.files if name.endswith(f"lesson.{language}.md"))
        return self.written.files[names[number]].decode()

    def problems(self, folder: Path) -> list[Problem]:
        """What grading finds wrong in the written exercises; nothing is run."""
        for name, content in self.written.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        problems: list[Problem] = []
        for name in self.written.exercises:
            read_exercise(folder / name, within=folder, problems=problems)
        return [problem for problem in problems if problem.level == "error"]


def proven(
    folder: Path,
    files: dict[str, str | bytes] | str | bytes,
    file: str = "package.zip",
    *,
    run: Any = None,
    **wishes: Any,
) -> tuple[Report, Any, Path]:
    """The whole way from a file on the disk to a proven course folder."""
    raw = zipped(files) if isinstance(files, dict) else files.encode() if isinstance(files, str) else files
    (folder / file).write_bytes(raw)
    report, findings = convert(folder / file, folder / "course", wishes=Wishes(**wishes), run=run, known_skills=SKILLS)
    return report, findings, folder / "course"
