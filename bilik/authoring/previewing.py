"""A lesson and its tasks as learners would see them, from files that are not published. Nothing is stored."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from bilik.authoring.sources import Source
from bilik.cards.answers import answer_view
from bilik.cards.controls import Typed, controls_for
from bilik.cards.verdicts import VerdictView, tried_view, with_cells
from bilik.cards.words import invalid_sentence, safe, words_in
from bilik.catalog.preview import TaskPreview, lesson_parts, task_preview
from bilik.catalog.source.course import CourseSource, LessonSource
from bilik.catalog.source.digests import digest_of
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.exercise import Folder
from bilik.grading.folder import prepare_variant
from bilik.grading.problems import Problem
from bilik.grading.rubric import is_marked
from bilik.grading.verdict import PlatformFault
from runner.faults import Busy

MOST_KEPT = 200
_kept: OrderedDict[tuple[str, str, str, int], tuple[TaskPreview | None, tuple[Problem, ...]]] = OrderedDict()
_lock = Lock()


@dataclass
class Card:
    """A task as the preview draws it: all hints and the explanation are there, for its author."""

    slug: str
    title: str = ""
    html: str = ""
    points: int = 0
    kind: str = ""
    seed: int = 0
    controls: list[dict[str, Any]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    explanation: str = ""
    solution: Mapping[str, Any] = field(default_factory=dict)
    verdict: VerdictView | None = None
    invalid: str = ""
    busy: bool = False
    marked: bool = False
    problems: Sequence[Problem] = ()

    @property
    def takes_files(self) -> bool:
        return any(control.get("upload") for control in self.controls)


def prepared(
    folder: Folder, *, seed: int, source: Source, pictures: str
) -> tuple[TaskPreview | None, tuple[Problem, ...]]:
    """A task for one seed, and what is wrong with it. Kept while its files stay the same.

    Raises PlatformFault and Busy when its files have a program that must run first, and cannot.
    """
    name = (pictures, folder.name, _digest(folder), seed)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    problems: list[Problem] = []
    made = prepare_variant(folder, seed=seed, run=source.run, problems=problems)
    usable = made is not None and bool(made.exercise.texts) and not any(one.level == "error" for one in problems)
    found = (task_preview(made, pictures=pictures) if made is not None and usable else None, tuple(problems))
    with _lock:
        _kept[name] = found
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _digest(folder: Folder) -> str:
    texts = sorted((name, digest_of(text.encode())) for name, text in folder.files.items())
    data = sorted((name, digest_of(content)) for name, content in [*folder.data.items(), *folder.pictures.items()])
    return digest_of(repr((texts, data)).encode())


def card_of(
    source: Source,
    folder: Folder,
    *,
    seed: int,
    language: str,
    pictures: str,
    fields: Typed | None = None,
    typed: Typed | None = None,
) -> Card:
    """The card of a task. With `fields` the answer in them is graded in the sandbox; `typed` stands in the form."""
    slug = folder.path.name
    try:
        task, problems = prepared(folder, seed=seed, source=source, pictures=pictures)
    except (PlatformFault, Busy):
        return Card(slug, busy=True)
    if task is None:
        return Card(slug, problems=[one for one in problems if one.level == "error"])
    words = words_in(task.page, language)
    starter = {"answer": [task.page["starter"]]} if task.page["starter"] else {}
    standing = typed if typed is not None else fields if fields is not None else starter
    card = Card(
        slug,
        title=words["title"],
        html=safe(words["task"]),
        points=task.points,
        kind=task.kind,
        seed=seed,
        controls=controls_for(task.page, words, place=slug, order=f"{slug}/{seed}", typed=standing),
        hints=[safe(hint) for hint in words["hints"]],
        explanation=safe(words["explanation"]),
        solution=task.page["solution"]
        | {
            "given": answer_view(task.page, words, task.page["solution"]["answer"]),
            "example": safe(words.get("blocks", {}).get("example", "")),
        },
        marked=is_marked(task.spec),
    )
    if fields is not None:
        _grade(card, task, fields, source, words, language)
    return card


def _grade(
    card: Card, task: TaskPreview, fields: Typed, source: Source, words: Mapping[str, Any], language: str
) -> None:
    """Puts onto the card what grading says of an answer."""
    try:
        answer = parse_answer(task.spec, fields)
        if card.marked:
            return
        verdict = check(task.spec, answer, run=source.run)
    except InvalidAnswer as error:
        card.invalid = invalid_sentence(error.feedback, language)
    except (PlatformFault, Busy):
        card.busy = True
    else:
        card.verdict = with_cells(card.controls, tried_view(verdict, words, language))


@dataclass(frozen=True)
class LessonView:
    """A lesson of a source: its pieces, where exercises are named by their folder."""

    course: CourseSource
    lesson: LessonSource
    language: str
    parts: Sequence[Mapping[str, str]]

    @property
    def title(self) -> str:
        return self.lesson.titles.get(self.language) or self.lesson.titles.get("en") or self.lesson.slug


def lesson_view(source: Source, slug: str, *, language: str, pictures: str) -> LessonView | None:
    """A lesson in a language, or in the source language where that is missing; None when there is no such lesson."""
    course = source.course(slug)
    lesson = next((one for one in course.lessons if one.slug == slug), None) if course else None
    if course is None or lesson is None or not lesson.bodies:
        return None
    found = next((one for one in (language, course.source_language) if one in lesson.bodies), next(iter(lesson.bodies)))
    return LessonView(course, lesson, found, lesson_parts(course, lesson, found, pictures=pictures))


def forget() -> None:
    """Empties what is kept in memory; for tests."""
    with _lock:
        _kept.clear()
