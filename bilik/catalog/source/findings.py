"""What checking a course found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bilik.catalog.source.course import CourseSource
from bilik.grading.folder import Prepared
from bilik.grading.problems import Problem


@dataclass
class Findings:
    """What checking found. `untranslated` and `stale` name files; neither is an error outside promised languages."""

    problems: list[Problem] = field(default_factory=list)
    prepared: dict[str, list[Prepared]] = field(default_factory=dict)
    untranslated: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    answers_run: int = 0

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level == "error"]

    def take(self, other: Findings) -> None:
        """Adds what was found of a part."""
        self.problems += other.problems
        self.prepared |= other.prepared
        self.untranslated += other.untranslated
        self.stale += other.stale
        self.answers_run += other.answers_run

    def to_json(self, course: CourseSource | None) -> dict[str, Any]:
        """What `bilik course check --json` prints."""
        exercises = [variants[0].exercise for variants in self.prepared.values() if variants]
        return {
            "course": course.slug if course else None,
            "ok": not self.errors,
            "lessons": len(course.lessons) if course else 0,
            "exercises": len(exercises),
            "kinds": {kind: sum(e.kind == kind for e in exercises) for kind in sorted({e.kind for e in exercises})},
            "answers_run": self.answers_run,
            "untranslated": self.untranslated,
            "stale": self.stale,
            "problems": [vars(problem) for problem in sorted(self.problems)],
        }
