"""`bilik course preview PATH`: a course folder in the browser while its author writes. No academy, no database.

One process, one thread that checks whenever the folder has changed, and a small web server at a loopback address.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path as address
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from bilik.authoring.sources import FolderSource
from bilik.authoring.views.preview import chosen_language, lesson_page, picture_answer, pulse_answer
from bilik.catalog.source.check import check_course
from bilik.catalog.source.course import read_course
from bilik.catalog.source.digests import digest_of
from bilik.catalog.source.findings import Findings
from bilik.grading.exercise import LANGUAGES
from bilik.grading.problems import Problem
from bilik.grading.verdict import PlatformFault
from bilik.web.context import OWN_NAMES
from bilik.web.requests import PageRequest

LOOK_SECONDS = 1.0


@dataclass
class FolderCheck:
    """What the last check of a folder found; `stamp` is the state of the folder that it looked at."""

    source: FolderSource
    skills: Collection[str]
    stamp: str = ""
    running: str = ""
    done: int = 0
    fault: str = ""
    findings: Findings = field(default_factory=Findings)

    def look(self) -> bool:
        """Checks the folder if it has changed; says whether it had."""
        stamp = self.source.stamp
        if stamp == self.stamp:
            return False
        self.running, self.done, self.fault = stamp, 0, ""
        problems: list[Problem] = []
        try:
            course = read_course(self.source.path, problems=problems)
            findings = (
                Findings(problems)
                if course is None
                else check_course(
                    course, run=self.source.run, known_skills=self.skills, problems=problems, progress=self._tick
                )
            )
        except _ChangedAgain:
            return True
        except (PlatformFault, OSError) as fault:
            # A file that vanished while it was read: the next look sees the folder as it is then.
            self.fault, findings = str(fault), Findings(problems)
        self.findings, self.stamp, self.running = findings, stamp, ""
        return True

    def _tick(self, _exercise: str) -> None:
        self.done += 1
        if self.source.stamp != self.running:
            raise _ChangedAgain()

    def follow(self, stop: threading.Event) -> None:
        """Checks again and again, until it is told to stop."""
        while not stop.is_set():
            self.look()
            stop.wait(LOOK_SECONDS)


class _ChangedAgain(Exception):
    """The folder was saved while it was being checked: begin again."""


def urlpatterns(check: FolderCheck) -> tuple[Any, ...]:
    """The addresses of a folder's preview, as a root of addresses for Django."""
    views = _Views(check)
    return (
        address("", views.overview),
        address("check", views.state),
        address("pulse", views.pulse),
        address("pictures/<slug:digest>/<str:name>", views.picture),
        address("<slug:lesson>/", views.lesson),
        address("<slug:lesson>/<slug:exercise>/answer", views.answer),
    )


class _Views:
    """The pages of one folder. Their language is that of `?language=`: there is no session to keep one in."""

    def __init__(self, check: FolderCheck) -> None:
        self._check, self._source = check, check.source
        self.overview: Callable[..., HttpResponse] = require_GET(self._overview)
        self.state: Callable[..., HttpResponse] = require_GET(self._state)
        self.pulse: Callable[..., HttpResponse] = require_GET(self._pulse)
        self.picture: Callable[..., HttpResponse] = require_GET(self._picture)
        self.lesson: Callable[..., HttpResponse] = require_GET(self._lesson)
        self.answer: Callable[..., HttpResponse] = require_POST(self._answer)

    def _overview(self, request: PageRequest) -> HttpResponse:
        """The lessons of the folder, and what the check says of it."""
        course = self._source.course()
        language = chosen_language(request)
        lessons = [
            {"slug": one.slug, "title": one.titles.get(language) or one.slug, "exercises": len(one.exercises)}
            for one in (course.lessons if course else ())
        ]
        context = self._facts() | {
            "title": course.titles.get(language) or course.slug if course else self._source.path.name,
            "lessons": lessons,
            "shown_in": language,
            "languages": [(code, OWN_NAMES[code]) for code in LANGUAGES],
            "pulse": f"/pulse?stamp={self._source.stamp}",
        }
        with translation.override(language):
            return render(request, "authoring/folder.html", context)

    def _facts(self) -> dict[str, Any]:
        found = self._check.findings
        return {
            "running": bool(self._check.running) or not self._check.stamp,
            "done": self._check.done,
            "fault": self._check.fault,
            "errors": found.errors,
            "warnings": [one for one in found.problems if one.level != "error"],
            "answers": found.answers_run,
        }

    def _state(self, request: PageRequest) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language):
            return render(request, "authoring/folder_check.html", self._facts() | {"shown_in": language})

    def _pulse(self, request: PageRequest) -> HttpResponse:
        return pulse_answer(request, self._source.stamp)

    def _picture(self, request: PageRequest, digest: str, name: str) -> HttpResponse:
        for file in sorted(self._source.path.glob(f"lessons/*/**/{Path(name).name}")):
            content = self._source.file(str(file.relative_to(self._source.path)))
            if content is not None and digest_of(content) == digest:
                return picture_answer(content, name)
        raise Http404

    def _lesson(self, request: PageRequest, lesson: str) -> HttpResponse:
        return self._lesson_page(request, lesson)

    def _answer(self, request: PageRequest, lesson: str, exercise: str) -> HttpResponse:
        return self._lesson_page(request, lesson, exercise)

    def _lesson_page(self, request: PageRequest, lesson: str, answered: str = "") -> HttpResponse:
        more = {"folder": self._source.path.name}
        with translation.override(chosen_language(request)):
            return lesson_page(
                request, self._source, lesson, base="/", pictures="/pictures/", more=more, answered=answered
            )
