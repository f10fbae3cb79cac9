"""Courses in other formats for download, made in memory from their files each time they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bilik.authoring import errors, folders
from bilik.catalog.source.course import read_course
from bilik.exchange.errors import NotWritable
from bilik.exchange.export import Exported, export_course
from bilik.exchange.exporting import ExportWishes
from bilik.grading.exercise import LANGUAGES
from bilik.grading.verdict import PlatformFault
from bilik.submissions import runners
from runner.faults import Busy

# How long the request of an author waits for a free place in the sandbox, for each program.
WAIT_SECONDS = 3.0
_LESSON = re.compile(r"lessons/[^/]+/lesson\.([a-z]{2})\.md")


def languages_in(paths: Iterable[str]) -> list[str]:
    """The languages in which at least one lesson is there."""
    found = {match[1] for match in map(_LESSON.fullmatch, paths) if match}
    return [code for code in LANGUAGES if code in found]


def packed(files: Mapping[str, bytes], *, format: str, wishes: ExportWishes) -> Exported:
    """The course of these files in another format, with the report.

    Raises CourseUnreadable, NotPackable and NoPlaceFree.
    """
    with folders.laid_out(files) as root:
        course = read_course(root, problems=[])
        if course is None:
            raise errors.CourseUnreadable()
        try:
            return export_course(course, format=format, wishes=wishes, run=runners.runner(WAIT_SECONDS))
        except NotWritable as refusal:
            raise errors.NotPackable() from refusal
        except (Busy, PlatformFault) as fault:
            raise errors.NoPlaceFree() from fault
