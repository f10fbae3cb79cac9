"""Plain pages: a folder that a browser opens without a server, and a printer prints."""

from __future__ import annotations

from html import escape

from bilik.exchange.exporting import Exporting, Files, LessonOut, Task, became
from bilik.exchange.pages import OWN_NAMES, STYLE, Pictures, page, style, task_to_read, title_in
from bilik.exchange.words import out_word

TITLE = "HTML"
ENDING = "-html.zip"


def write(exporting: Exporting) -> Files:
    """A first page, and for each language of the course contents and lessons."""
    files: Files = {STYLE: style()}
    pictures = Pictures("../")
    languages = _languages(exporting)
    for language in languages:
        files[f"{language}/index.html"] = _contents(exporting, language, languages)
        for number, lesson in enumerate(exporting.lessons):
            files[f"{language}/{lesson.name}.html"] = _lesson(exporting, number, language, languages, pictures)
            became(lesson.item, f"{language}/{lesson.name}.html")
    files["index.html"] = _first(exporting, languages)
    exporting.report.say(exporting.note("html_general"))
    return files | pictures.files


def _languages(exporting: Exporting) -> list[str]:
    """The one that was asked for, then all others that the course promises."""
    return list(dict.fromkeys([exporting.language, *exporting.course.languages]))


def _first(exporting: Exporting, languages: list[str]) -> bytes:
    course = exporting.course
    rows = "".join(
        f'<li lang="{code}"><a href="{code}/index.html">{escape(title_in(course.titles, code))}</a>'
        f' <span class="meta">({OWN_NAMES[code]})</span></li>'
        for code in languages
    )
    title = title_in(course.titles, exporting.language)
    return page(title, f"<h1>{escape(title)}</h1><ul>{rows}</ul>", language=exporting.language)


def _contents(exporting: Exporting, language: str, languages: list[str]) -> bytes:
    course = exporting.course
    title = title_in(course.titles, language)
    rows = "".join(
        f'<li><a href="{lesson.name}.html">{escape(title_in(lesson.source.titles, language))}</a>'
        f' <span class="meta">{escape(out_word("minutes", language, count=lesson.source.minutes))}</span></li>'
        for lesson in exporting.lessons
    )
    facts = out_word("made_by", language, authors=", ".join(course.authors), licence=course.licence)
    body = f"<h1>{escape(title)}</h1><p>{escape(title_in(course.summaries, language))}</p><ol>{rows}</ol>"
    top = _switch(languages, language, "index")
    return page(title, body, language=language, up="../", top=top, bottom=f"<p>{escape(facts)}</p>")


def _lesson(exporting: Exporting, number: int, language: str, languages: list[str], pictures: Pictures) -> bytes:
    lesson = exporting.lessons[number]
    addresses = pictures.of_lesson(exporting, lesson, language)
    parts = []
    for part in exporting.parts_of(lesson, language, addresses):
        if isinstance(part, Task):
            parts.append(task_to_read(exporting, part, language, pictures))
            became(part.item, f"{language}/{lesson.name}.html#{part.slug}")
        else:
            parts.append(part.html)
    title = title_in(lesson.source.titles, language)
    home = f'<p><a href="index.html">{escape(title_in(exporting.course.titles, language))}</a></p>'
    body = f"<h1>{escape(title)}</h1>{''.join(parts)}{_steps(exporting, number, language)}"
    return page(title, body, language=language, up="../", top=home + _switch(languages, language, lesson.name))


def _steps(exporting: Exporting, number: int, language: str) -> str:
    """The way to the lesson before and to the next one."""

    def way(lesson: LessonOut, sign: str) -> str:
        title = title_in(lesson.source.titles, language)
        return f'<a href="{lesson.name}.html">{sign.format(escape(title))}</a>'

    before = way(exporting.lessons[number - 1], "← {}") if number else ""
    after = way(exporting.lessons[number + 1], "{} →") if number + 1 < len(exporting.lessons) else ""
    label = escape(out_word("other_lessons", language))
    return f'<nav class="steps" aria-label="{label}">{before}{after}</nav>' if before or after else ""


def _switch(languages: list[str], here: str, name: str) -> str:
    """The same page in the other languages."""
    rows = "".join(
        f'<li><a href="../{code}/{name}.html" lang="{code}" hreflang="{code}">{OWN_NAMES[code]}</a></li>'
        for code in languages
        if code != here
    )
    return f'<nav aria-label="{escape(out_word("languages", here))}"><ul>{rows}</ul></nav>' if rows else ""
