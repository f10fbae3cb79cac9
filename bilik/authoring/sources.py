"""Where a preview takes its files from: a draft, or a folder on disk. Both are read by the course reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from bilik.authoring import folders, queries
from bilik.authoring.models import Draft
from bilik.catalog.source.course import CourseSource, read_course
from bilik.grading.problems import Problem
from bilik.submissions import runners
from runner.job import Job
from runner.result import Result

Run = Callable[[Job], Result]


class Source(Protocol):
    """A course as files that may change at any moment; `stamp` says which state of them this is."""

    @property
    def stamp(self) -> str: ...

    def course(self, lesson: str = "") -> CourseSource | None:
        """The course with this lesson in it (the others may be missing); None when course.toml cannot be read."""

    def file(self, path: str) -> bytes | None:
        """The content of one file."""

    def run(self, job: Job) -> Result:
        """Runs a program in the sandbox."""


@dataclass(frozen=True)
class DraftSource:
    """A draft as it is now."""

    draft: Draft

    @property
    def stamp(self) -> str:
        return str(self.draft.number)

    def course(self, lesson: str = "") -> CourseSource | None:
        return _of_draft(self.draft.pk, self.draft.number, lesson)

    def file(self, path: str) -> bytes | None:
        return queries.content_at(self.draft, path, self.draft.number)

    def run(self, job: Job) -> Result:
        return runners.pool().run(job, wait_seconds=5.0)


@lru_cache(maxsize=16)
def _of_draft(draft_id: int, number: int, lesson: str) -> CourseSource | None:
    """Revisions never change, so what was read of one is kept."""
    files = queries.files_now(Draft(pk=draft_id), number=number)
    wanted = [one for path, one in files.items() if path == "course.toml" or folders.lesson_of(path) == lesson]
    return read_files(queries.contents_of(wanted), [])


def read_files(files: Mapping[str, bytes], problems: list[Problem]) -> CourseSource | None:
    """A course that is not on disk, read."""
    with folders.laid_out(files) as root:
        return read_course(root, problems=problems)


@dataclass(frozen=True)
class FolderSource:
    """A course folder on this machine, for an author who writes with their own editor."""

    path: Path
    runner: Run

    @property
    def stamp(self) -> str:
        listing = [
            f"{file.relative_to(self.path)} {file.stat().st_mtime_ns} {file.stat().st_size}"
            for file in sorted(self.path.rglob("*"))
            if file.is_file() and not any(part.startswith((".", "__")) for part in file.relative_to(self.path).parts)
        ]
        return hashlib.sha256("\n".join(listing).encode()).hexdigest()[:16]

    def course(self, lesson: str = "") -> CourseSource | None:
        return read_course(self.path, problems=[])

    def file(self, path: str) -> bytes | None:
        inside = (self.path / path).resolve()
        return inside.read_bytes() if inside.is_relative_to(self.path.resolve()) and inside.is_file() else None

    def run(self, job: Job) -> Result:
        return self.runner(job)


def forget() -> None:
    """Empties what is kept in memory; tests need it because they undo what was saved."""
    _of_draft.cache_clear()
