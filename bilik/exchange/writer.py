"""The one writer: from the middle model to the files of a course folder. Pure; nothing touches the disk here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bilik.exchange.bodies import Parts
from bilik.exchange.model import Course, Exercise, Lesson, Text
from bilik.exchange.names import free_name, slug
from bilik.exchange.report import Item, Report
from bilik.exchange.toml import as_toml
from bilik.exchange.words import word
from bilik.grading.exercise import LANGUAGES

_PICTURE = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\((img/[^)\s]+)\)")
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FALLBACK_LICENCE = "LicenseRef-unknown"


@dataclass(frozen=True)
class Wishes:
    """What whoever converts says beside the package."""

    name: str = ""
    language: str = ""
    licence: str = ""
    skills: tuple[str, ...] = ()


@dataclass
class Written:
    """A course as files by path, and which exercise folder came from which item."""

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)


def clean(text: str) -> str:
    """Text without signs that no editor shows and no database takes."""
    return _BAD.sub("", text)


def write(course: Course, wishes: Wishes, report: Report) -> Written:
    """The files of the course folder. Items of the report learn what became of them."""
    language = wishes.language or course.language
    written = Written(wishes.name or slug(course.name or course.title, "course"))
    taken: set[str] = set()
    rows = []
    for number, lesson in enumerate((lesson for lesson in course.lessons if lesson.pieces), 1):
        folder = f"{number:02d}-{slug(lesson.name or lesson.title, 'lesson')}"
        _write_lesson(lesson, f"lessons/{folder}", written, taken, language, wishes.skills)
        title = _one_line(lesson.title) or folder
        rows.append({"folder": folder, "minutes": _minutes(lesson), "title": dict.fromkeys(LANGUAGES, title)})
    title = _one_line(course.title) or written.name
    table = {
        "id": written.name,
        "source_language": language,
        "languages": [language],
        "licence": wishes.licence or course.licence or FALLBACK_LICENCE,
        "authors": [_one_line(author) for author in course.authors],
        "title": dict.fromkeys(LANGUAGES, title),
        "summary": dict.fromkeys(LANGUAGES, _one_line(course.summary) or title),
        "skills": [{"id": skill, "level": 1} for skill in wishes.skills],
        "lessons": rows,
    }
    written.files["course.toml"] = as_toml(table).encode()
    report.say(f"Titles and the summary stand in {language} for every language: translate them in course.toml.")
    if not wishes.licence and not course.licence:
        report.say(f"The package names no licence, so course.toml says {FALLBACK_LICENCE}: find out and write it.")
    return written


def _write_lesson(
    lesson: Lesson, folder: str, written: Written, taken: set[str], language: str, skills: Sequence[str]
) -> None:
    parts = []
    for piece in lesson.pieces:
        if isinstance(piece, Text):
            parts.append(piece.markdown.strip())
            _became(piece.item, f"{folder}/lesson.{language}.md")
            continue
        name = free_name(slug(piece.name or piece.title, "exercise"), taken)
        taken.add(name)
        above = _write_exercise(piece, f"{folder}/{name}", written, language, skills)
        parts.append("\n\n".join([*above, f"::: exercise {name}\n:::"]))
    body = clean("\n\n".join(part for part in parts if part)) + "\n"
    bytes_of = {name: content for piece in lesson.pieces for name, content in piece.pictures.items()}
    for name in {match[2] for match in _PICTURE.finditer(body)} & bytes_of.keys():
        written.files[f"{folder}/{name}"] = bytes_of[name]
    written.files[f"{folder}/lesson.{language}.md"] = body.encode()


def _became(item: Item | None, path: str) -> None:
    if item is not None and path not in item.became:
        item.became.append(path)


def _write_exercise(
    exercise: Exercise, folder: str, written: Written, language: str, skills: Sequence[str]
) -> list[str]:
    """Writes the folder; returns the pictures, which stand in the lesson above the exercise."""
    parts = exercise.body.parts()
    keys = {"kind": exercise.body.kind, "points": exercise.points, "skills": list(skills)}
    keys["difficulty"] = exercise.difficulty
    if exercise.attempts:
        keys["attempts"] = exercise.attempts
    files = {"exercise.toml": as_toml(keys | parts.keys).encode(), **parts.files}
    asked, pictures = _lifted(_asked(exercise, parts, language), language)
    if pictures:
        exercise.item.changed("Its pictures stand in the lesson above it.")
    said = _said(exercise, parts)
    if _PICTURE.search(said):
        exercise.item.left(
            "Pictures in hints, feedback and explanation: above the exercise they would tell the answer."
        )
    said = _PICTURE.sub(lambda m: m[1], said)
    files[f"exercise.{language}.md"] = clean(f"# {_one_line(exercise.title)}\n\n{asked}\n\n{said}\n").encode()
    written.files |= {f"{folder}/{name}": content for name, content in files.items()}
    written.exercises[folder] = exercise
    _became(exercise.item, folder)
    return pictures


def _asked(exercise: Exercise, parts: Parts, language: str) -> str:
    """The task and the blocks of the kind: what everybody sees at once."""
    blocks = {name: text for name, text in parts.blocks.items() if name != "example"}
    pieces = [exercise.task.strip() or word("answer", language)]
    pieces += [f"::: {name}\n{text.strip() or '…'}\n:::" for name, text in blocks.items()]
    return "\n\n".join(pieces)


def _said(exercise: Exercise, parts: Parts) -> str:
    """What is said later, when it is asked for or earned."""
    pieces = [f"::: hint\n{hint.strip()}\n:::" for hint in exercise.hints if hint.strip()]
    pieces += [f"::: feedback {name}\n{text.strip()}\n:::" for name, text in parts.feedback.items()]
    if "example" in parts.blocks:
        pieces.append(f"::: example\n{parts.blocks['example'].strip()}\n:::")
    if exercise.explanation.strip():
        pieces.append(f"::: explanation\n{exercise.explanation.strip()}\n:::")
    return "\n\n".join(pieces)


def _lifted(text: str, language: str) -> tuple[str, list[str]]:
    """The text with words where its pictures were, and the pictures with the same words."""
    found = list(dict.fromkeys(match[2] for match in _PICTURE.finditer(text)))
    if not found:
        return text, []
    labels = {name: word("picture", language, number=number) for number, name in enumerate(found, 1)}
    alts = {match[2]: match[1] for match in _PICTURE.finditer(text)}

    def words(match: re.Match[str]) -> str:
        alt = f": {match[1]}" if match[1].strip() else ""
        return f"({labels[match[2]]}{alt})"

    pictures = [f"![{labels[name]}{': ' + alts[name] if alts[name].strip() else ''}]({name})" for name in found]
    if len(found) > 1:
        pictures = [f"{labels[name].capitalize()}:\n\n{picture}" for name, picture in zip(found, pictures, strict=True)]
    return _PICTURE.sub(words, text), pictures


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())[:200]


def _minutes(lesson: Lesson) -> int:
    """An estimate: 130 words a minute, two minutes for an exercise."""
    words = sum(len(piece.markdown.split()) for piece in lesson.pieces if isinstance(piece, Text))
    exercises = sum(isinstance(piece, Exercise) for piece in lesson.pieces)
    return max(1, min(600, round(words / 130) + 2 * exercises))
