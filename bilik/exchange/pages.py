"""Web pages that are opened without an academy: the frame of a page, the pictures of a lesson, a task to read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from bilik.catalog.source.prose import links_in
from bilik.exchange.exporting import Exporting, Files, LessonOut, Task
from bilik.exchange.showing import Shown, answer, asked
from bilik.exchange.words import out_word
from bilik.grading.pictures import is_picture

STYLE = "style.css"
OWN_NAMES = {"az": "Azərbaycanca", "uz": "Oʻzbekcha", "ru": "Русский", "en": "English"}
_STATIC = Path(__file__).with_name("static")


def style() -> bytes:
    """The style sheet that all these pages share."""
    return _STATIC.joinpath("page.css").read_bytes()


@dataclass
class Pictures:
    """The pictures that pages need: contents by their path in the package. `up` leads from a page to its top."""

    up: str
    files: Files = field(default_factory=dict)

    def of_lesson(self, exporting: Exporting, lesson: LessonOut, language: str) -> dict[str, str]:
        """The address of each picture that a lesson shows, by the name that its text uses."""
        body, _ = exporting.body_of(lesson, language)
        paths = {name: f"lessons/{lesson.name}/{name}" for name, _ in links_in(body).pictures}
        files = exporting.course.files
        return {
            name: self._address(path, files[path]) for name, path in paths.items() if path in files and is_picture(path)
        }

    def of_task(self, task: Task, name: str) -> str:
        """The address of the picture of a task."""
        return self._address(name, task.prepared.folder.pictures[name])

    def _address(self, path: str, content: bytes) -> str:
        name = f"img/{hashlib.sha256(content).hexdigest()[:8]}-{path.rpartition('/')[2]}"
        self.files[name] = content
        return self.up + name


def page(
    title: str, body: str, *, language: str, up: str = "", head: str = "", top: str = "", bottom: str = ""
) -> bytes:
    """A whole page. `title` is plain text, the others are HTML; `up` leads to the top of the package."""
    # A table that is wider than a phone is moved by keyboard, too.
    body = body.replace("<table>", '<table tabindex="0">')
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="{up}{STYLE}">
{head}</head>
<body>
{f"<header>{top}</header>" if top else ""}
<main>
{body}
</main>
{f"<footer>{bottom}</footer>" if bottom else ""}
</body>
</html>
""".encode()


def title_in(titles: Mapping[str, str], language: str) -> str:
    """A title in a language, else in English."""
    return titles.get(language) or titles.get("en", "")


def task_to_read(exporting: Exporting, task: Task, language: str, pictures: Pictures, *, note: str = "") -> str:
    """A task as words: what is asked, hints, and the solution where it was wished for. `note` is HTML said first."""
    text, code = exporting.text_of(task, language)
    shown = Shown(task, text, code, pictures.of_task)
    hints = "".join(
        folded(out_word("hint", language, number=number), shown.prose(hint))
        for number, hint in enumerate(text.hints, 1)
    )
    solution = answer(shown) if exporting.wishes.with_solutions else ""
    end = folded(out_word("solution", language), solution) if solution else ""
    return task_section(
        task, text.title, language, f"{note}{asked(shown)}{hints}{end}{link_to_task(exporting, task, language)}"
    )


def task_section(task: Task, title: str, language: str, inside: str) -> str:
    """The frame of a task."""
    points = out_word("points", language, count=task.exercise.points)
    return (
        f'<section class="task" id="{task.slug}" aria-labelledby="{task.slug}-title">'
        f'<h2 id="{task.slug}-title">{escape(title)}</h2><p class="meta">{escape(points)}</p>{inside}</section>'
    )


def link_to_task(exporting: Exporting, task: Task, language: str) -> str:
    """The way to the task in an academy, when one was named."""
    if not exporting.wishes.site:
        return ""
    address = f"{exporting.wishes.site}/learn/{exporting.course.slug}/{task.lesson}/{task.slug}/"
    words = out_word("do_it_at_site", language)
    return f'<p><a class="button" href="{escape(address)}">{escape(words)}</a></p>'


def folded(title: str, inside: str) -> str:
    """Something that is read when it is wanted. `title` is plain text."""
    return f"<details><summary>{escape(title)}</summary>{inside}</details>"
