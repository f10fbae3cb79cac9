"""SCORM 1.2: a package of pages, one for each lesson, that check answers by themselves and report to the system."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from bilik.exchange.exporters.scorm.forms import form
from bilik.exchange.exporters.scorm.keys import is_checked, key_of, pattern_of
from bilik.exchange.exporting import Exporting, Files, LessonOut, Task, became
from bilik.exchange.pages import STYLE, Pictures, folded, link_to_task, page, style, task_section, title_in
from bilik.exchange.showing import Shown, asked
from bilik.exchange.words import out_pattern, out_word
from bilik.exchange.writer import clean
from bilik.grading.kinds import KINDS
from bilik.grading.messages import catalogue

TITLE = "SCORM 1.2"
ENDING = "-scorm12.zip"
_SCRIPTS = ("text.js", "judge.js", "lms.js", "fields.js", "lesson.js")
_STATIC = Path(__file__).with_name("static")
_PAGE_WORDS = (
    "accepted", "partial", "wrong", "score", "down", "up", "indent_more", "indent_less", "in_program", "spots_help",
    "spots_clear", "spots_cells", "spots_at", "point_set", "no_system",
)  # fmt: skip
_MESSAGES = (
    "invalid.",
    "choices.",
    "numeric.",
    "text.",
    "predict.",
    "blanks.",
    "matching.",
    "spots.",
    "order.",
    "parsons.",
)
_SPACES = (
    'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsproject.org/xsd/'
    'imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd"'
)


def write(exporting: Exporting) -> Files:
    """The manifest, a page for each lesson, what all pages share, and pictures."""
    pictures, files = Pictures("../"), Files()
    for lesson in exporting.lessons:
        path = f"lessons/{lesson.name}.html"
        files[path] = _lesson(exporting, lesson, pictures)
        became(lesson.item, path)
    shared = {STYLE: style() + _STATIC.joinpath("form.css").read_bytes()}
    shared |= {f"shared/{name}": _STATIC.joinpath(name).read_bytes() for name in _SCRIPTS}
    shared["shared/words.js"] = _words(exporting.language)
    files |= shared | pictures.files
    files["imsmanifest.xml"] = _manifest(exporting, [*shared, *pictures.files])
    exporting.report.say(exporting.note("scorm_general"))
    return files


def _words(language: str) -> bytes:
    """The sentences of the pages: those of verdicts, and the few of the pages themselves."""
    known = {**catalogue("en"), **catalogue(language)}
    said = {code: text for code, text in known.items() if code.startswith(_MESSAGES)}
    words = {name: out_pattern(f"scorm_{name}", language) for name in _PAGE_WORDS}
    return f"window.Bilik.words = {json.dumps(words | said, ensure_ascii=False)}\n".encode()


def _lesson(exporting: Exporting, lesson: LessonOut, pictures: Pictures) -> bytes:
    language = exporting.language
    parts, data = [], list[dict[str, Any]]()
    for part in exporting.parts_of(lesson, language, pictures.of_lesson(exporting, lesson, language)):
        if not isinstance(part, Task):
            parts.append(part.html)
            continue
        text, code = exporting.text_of(part, language)
        shown = Shown(part, text, code, pictures.of_task)
        hints = "".join(
            folded(out_word("hint", language, number=number), shown.prose(hint))
            for number, hint in enumerate(text.hints, 1)
        )
        became(part.item, f"lessons/{lesson.name}.html#{part.slug}")
        if is_checked(part.spec):
            data.append(_judged(shown))
            parts.append(task_section(part, text.title, language, form(shown) + hints))
        else:
            parts.append(task_section(part, text.title, language, _unchecked(exporting, shown) + hints))
    title = title_in(lesson.source.titles, language)
    body = (
        f'<h1>{escape(title)}</h1><p class="meta" id="system" hidden></p>'
        f"<noscript><p>{escape(out_word('scorm_no_script', language))}</p></noscript>{''.join(parts)}"
        '<p class="meta" id="sum"></p><div id="end"></div>'
    )
    course = {"course": exporting.course.slug, "lesson": lesson.name, "tasks": data}
    scripts = "".join(
        f'<script defer src="../shared/{name}"></script>\n' for name in ("text.js", "words.js", *_SCRIPTS[1:])
    )
    head = f'<script type="application/json" id="lesson">{_json(course)}</script>\n{scripts}'
    bottom = f"<p>{escape(out_word('scorm_open_key', language))}</p>"
    return page(title, body, language=language, up="../", head=head, bottom=bottom)


def _json(data: Any) -> str:
    """JSON that may stand in a page: nothing in it ends the element."""
    return clean(json.dumps(data, ensure_ascii=False)).replace("<", "\\u003c")


def _judged(shown: Shown) -> dict[str, Any]:
    """What the page must know of a task to check it and to say something about it."""
    task = shown.task
    model = KINDS[task.kind].model_answer(task.spec, task.exercise.solution)
    said = KINDS[task.kind].sayings(task.spec)
    return {
        "id": task.slug,
        "key": key_of(task.spec),
        "pattern": pattern_of(task.spec, model),
        "said": {name: shown.prose(shown.text.feedback[name]) for name in sorted(said) if name in shown.text.feedback},
        "explanation": shown.prose(shown.text.explanation) if shown.text.explanation else "",
    }


def _unchecked(exporting: Exporting, shown: Shown) -> str:
    """A task that needs a server or a person: its words, and the way to the academy."""
    task = shown.task
    exporting.changed(task.item, "scorm_to_read", kind=task.kind)
    link = link_to_task(exporting, task, exporting.language)
    note = "" if link else f'<p class="meta">{escape(out_word("scorm_needs_server", exporting.language))}</p>'
    return asked(shown) + (link or note)


def _manifest(exporting: Exporting, shared: list[str]) -> bytes:
    language = exporting.language
    title = _text(title_in(exporting.course.titles, language))
    items, resources = [], []
    for number, lesson in enumerate(exporting.lessons, 1):
        href = f"lessons/{lesson.name}.html"
        items.append(
            f'<item identifier="ITEM-{number}" identifierref="SCO-{number}" isvisible="true">'
            f"<title>{_text(title_in(lesson.source.titles, language))}</title></item>"
        )
        resources.append(
            f'<resource identifier="SCO-{number}" type="webcontent" adlcp:scormtype="sco" href="{href}">'
            f'<file href="{href}"/><dependency identifierref="SHARED"/></resource>'
        )
    files = "".join(f'<file href="{_text(name)}"/>' for name in shared)
    resources.append(f'<resource identifier="SHARED" type="webcontent" adlcp:scormtype="asset">{files}</resource>')
    lines = "\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest identifier="{exporting.course.slug}" version="1.0" {_SPACES}>\n'
        "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>\n"
        f'<organizations default="ORG"><organization identifier="ORG"><title>{title}</title>\n{lines.join(items)}\n'
        f"</organization></organizations>\n<resources>\n{lines.join(resources)}\n</resources>\n</manifest>\n"
    ).encode()


def _text(words: str) -> str:
    return escape(clean(words))
