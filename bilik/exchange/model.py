"""The neutral middle: a course as every format can say it. Importers make it, the writer makes files of it.

All texts are Markdown of docs/course-format.md, but titles, which are plain. A picture in a text is written
`![words](img/name.png)`, and its bytes stand in `pictures` beside the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bilik.exchange.bodies import Body
from bilik.exchange.report import Item


@dataclass
class Text:
    """A piece of a lesson to read, a video's block included. `item` is where it came from, if that is one thing."""

    markdown: str
    item: Item | None = None
    pictures: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Exercise:
    """An exercise of one of our kinds. `body` is what the kind needs; `name` the wish for its folder's name."""

    title: str
    task: str
    body: Body
    item: Item
    name: str = ""
    hints: list[str] = field(default_factory=list)
    explanation: str = ""
    points: int = 1
    difficulty: int = 1
    attempts: int = 0
    pictures: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Lesson:
    """A page to read and to do."""

    title: str
    pieces: list[Text | Exercise] = field(default_factory=list)
    name: str = ""


@dataclass
class Course:
    """Something to learn from start to end."""

    title: str
    lessons: list[Lesson] = field(default_factory=list)
    summary: str = ""
    name: str = ""
    language: str = ""
    licence: str = ""
    authors: list[str] = field(default_factory=list)
