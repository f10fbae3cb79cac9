"""Digests of files and of whole courses: the same files give the same version."""

from __future__ import annotations

import hashlib
import json

from bilik.catalog.source.course import CourseSource


def digest_of(content: bytes) -> str:
    """The SHA-256 of a file's content, in hex."""
    return hashlib.sha256(content).hexdigest()


def course_digest(course: CourseSource) -> str:
    """One digest for all files of a course: the same files give the same version."""
    listing = [[path, digest_of(content)] for path, content in sorted(course.files.items())]
    return digest_of(json.dumps(listing).encode())
