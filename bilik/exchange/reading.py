"""What every importer is given, and the small things that importers do alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from bilik.exchange.bodies import FreeText
from bilik.exchange.model import Course, Exercise, Lesson, Text
from bilik.exchange.numbers import evaluated
from bilik.exchange.packages import Package
from bilik.exchange.report import Report
from bilik.exchange.words import word

MOST_IN_LESSON = 15
"""Question banks come in hundreds; a lesson with more exercises than this is cut."""


@dataclass(frozen=True)
class Reading:
    """One import: what is read, what is told about it, and the language of its texts."""

    package: Package
    report: Report
    language: str

    def word(self, name: str, **facts: object) -> str:
        """One of the few words that an import adds itself, in the language of the course."""
        return word(name, self.language, **facts)


class Importer(Protocol):
    """What the `reader` module of a format offers."""

    TITLE: str
    """The format's name for people."""

    def looks_like(self, package: Package) -> bool:
        """Whether the package is of this format. Never raises, whatever is in it."""

    def read(self, reading: Reading) -> Course:
        """The course in the package; what became of each thing stands in the report. Raises NotReadable only."""


def cut(title: str, pieces: list[Text | Exercise], reading: Reading) -> list[Lesson]:
    """A lesson, or several when there are more exercises than a page should have."""
    count = sum(isinstance(piece, Exercise) for piece in pieces)
    if count <= MOST_IN_LESSON + 5:
        return [Lesson(title, pieces)]
    lessons: list[Lesson] = [Lesson("")]
    exercises = 0
    for piece in pieces:
        if isinstance(piece, Exercise):
            if exercises and exercises % MOST_IN_LESSON == 0:
                lessons.append(Lesson(""))
            exercises += 1
        lessons[-1].pieces.append(piece)
    for number, lesson in enumerate(lessons, 1):
        lesson.title = reading.word("part", title=title, number=number)
    reading.report.say(f"{title!r} has {count} exercises and was cut into {len(lessons)} lessons.")
    return lessons


def free_text(reading: Reading, points: int, **more: object) -> FreeText:
    """A text to be marked, with a rubric of one plain criterion."""
    levels = (reading.word("level_none"), reading.word("level_partly"), reading.word("level_fully"))
    return FreeText(reading.word("criterion"), levels, points, **more)  # type: ignore[arg-type]


def whole_points(value: str, note: Callable[[str], None]) -> int:
    """Points as we have them, 1 to 100 and whole; notes what had to be rounded."""
    try:
        exact = Fraction(value.strip() or "1")
    except (ValueError, ZeroDivisionError):
        return 1
    points = max(1, min(100, round(exact)))
    if points != exact and exact != 0:
        note(f"{value.strip()} points became {points}: points are whole numbers from 1 to 100.")
    return points


def exact_text(value: str) -> str | None:
    """A number as exact text ("12.5", "1/3"), or None when it is none. Knows 10^3, 2e5, 3*10^2 and percent signs."""
    found = evaluated(value)
    if found is None:
        return None
    if found.denominator == 1:
        return str(found.numerator)
    return as_decimal(found)


def as_decimal(value: Fraction) -> str:
    """A fraction as a decimal where it ends, else as a fraction."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1 or value.denominator > 10**18:
        return str(value)
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    scaled = abs(value.numerator * 10**digits // value.denominator)
    text = f"{scaled:0{digits + 1}d}"
    return ("-" if value < 0 else "") + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def texts_of(markdowns: Iterable[str]) -> str:
    """Pieces of Markdown one below the other."""
    return "\n\n".join(text.strip() for text in markdowns if text.strip())
