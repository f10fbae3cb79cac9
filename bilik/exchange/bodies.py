"""What each kind of exercise needs, as plain data, and how it is said in a folder: keys, blocks, feedback, files.

The keys are those of docs/course-format.md. Limits are not looked at here: a folder that breaks one is found by the
checker, and the report says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass
class Parts:
    """The share of an exercise folder that the kind decides."""

    keys: dict[str, Any] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


class Body(Protocol):
    """What the exercise asks with and what is right."""

    @property
    def kind(self) -> str:
        """A folder under bilik/grading/checkers."""

    def parts(self) -> Parts:
        """Everything of it that goes into the folder."""


@dataclass
class Option:
    """Something to choose: inline Markdown, and what is said to those who chose it."""

    text: str
    correct: bool = False
    feedback: str = ""


def letters(number: int) -> str:
    """a, b, … z, aa, ab …: ids of choices, counted from 0."""
    return (letters(number // 26 - 1) if number >= 26 else "") + chr(97 + number % 26)


@dataclass
class Choice:
    """One choice, or several with a rule for partial credit (`all`, `each`, `minus`)."""

    options: Sequence[Option]
    several: bool = False
    credit: str = "all"
    shuffle: bool = False

    @property
    def kind(self) -> str:
        return "multiple_choice" if self.several else "single_choice"

    def parts(self) -> Parts:
        parts = Parts({"credit": self.credit} if self.several and self.credit != "all" else {})
        if self.shuffle:
            parts.keys["shuffle"] = True
        rows = []
        for number, option in enumerate(self.options):
            name = letters(number)
            row: dict[str, Any] = {"id": name} | ({"correct": True} if option.correct else {})
            # What is said on the right choice of one has no place: accepted answers get the explanation.
            if option.feedback and (self.several or not option.correct):
                row["feedback"] = f"choice-{name}"
                parts.feedback[f"choice-{name}"] = option.feedback
            parts.blocks[f"choice {name}"] = option.text
            rows.append(row)
        parts.keys["choices"] = rows
        return parts


@dataclass
class Reply:
    """An expected wrong answer and what is said to it."""

    answer: str
    say: str


def _replies(replies: Sequence[Reply], parts: Parts, key: str = "answer", **fixed: str) -> list[dict[str, Any]]:
    rows = []
    for reply in replies:
        name = f"reply-{len(parts.feedback) + 1}"
        parts.feedback[name] = reply.say
        rows.append({**fixed, key: reply.answer, "say": name})
    return rows


@dataclass
class Number:
    """A number; all amounts are exact texts. `units`: what one of another unit is in `unit`."""

    answer: str
    absolute: str = ""
    relative: str = ""
    unit: str = ""
    units: dict[str, str] = field(default_factory=dict)
    replies: Sequence[Reply] = ()
    kind: str = "numeric"

    def parts(self) -> Parts:
        keys: dict[str, Any] = {"answer": self.answer, "absolute": self.absolute, "relative": self.relative}
        parts = Parts({key: value for key, value in keys.items() if value})
        if self.unit:
            parts.keys |= {"unit": self.unit} | ({"units": self.units} if self.units else {})
        if self.replies:
            parts.keys["feedback"] = _replies(self.replies, parts)
        return parts


@dataclass
class ShortText:
    """A word or a line. `ignore` as in the course format."""

    answers: Sequence[str]
    ignore: Sequence[str] = ("case", "spaces")
    replies: Sequence[Reply] = ()
    kind: str = "short_text"

    def parts(self) -> Parts:
        parts = Parts({"answers": list(self.answers)})
        if set(self.ignore) != {"case", "spaces"}:
            parts.keys["ignore"] = list(self.ignore)
        if self.replies:
            parts.keys["feedback"] = _replies(self.replies, parts)
        return parts


@dataclass
class Blank:
    """A place in a text: texts that are right, or a number, or one of some choices."""

    name: str
    answers: Sequence[str] = ()
    choices: Sequence[str] = ()
    number: str = ""
    absolute: str = ""
    relative: str = ""
    weight: int = 1
    ignore: Sequence[str] = ("case", "spaces")
    replies: Sequence[Reply] = ()

    def row(self) -> dict[str, Any]:
        """The keys of one `[[blanks]]`."""
        row: dict[str, Any] = {"id": self.name}
        if self.number:
            amounts = {"number": self.number, "absolute": self.absolute, "relative": self.relative}
            row |= {key: value for key, value in amounts.items() if value}
        else:
            row["answers"] = list(self.answers)
        if self.choices:
            row["choices"] = list(self.choices)
        elif not self.number and set(self.ignore) != {"case", "spaces"}:
            row["ignore"] = list(self.ignore)
        return row | ({"weight": self.weight} if self.weight != 1 else {})


@dataclass
class Blanks:
    """A text with places `[[name]]`."""

    text: str
    blanks: Sequence[Blank]
    credit: str = "each"
    kind: str = "fill_blanks"

    def parts(self) -> Parts:
        parts = Parts({"credit": self.credit} if self.credit != "each" else {}, {"blanks": self.text})
        parts.keys["blanks"] = [blank.row() for blank in self.blanks]
        rows = [row for blank in self.blanks for row in _replies(blank.replies, parts, blank=blank.name)]
        if rows:
            parts.keys["feedback"] = rows
        return parts


@dataclass
class Matching:
    """Prompts and what belongs to each: (words, number of the choice). Choices may be more than are used."""

    prompts: Sequence[tuple[str, int]]
    choices: Sequence[str]
    credit: str = "each"
    kind: str = "matching"

    def parts(self) -> Parts:
        parts = Parts({"credit": self.credit} if self.credit != "each" else {})
        parts.keys["prompts"] = [
            {"id": f"p{number}", "match": letters(choice)} for number, (_, choice) in enumerate(self.prompts, 1)
        ]
        parts.keys["choices"] = [{"id": letters(number)} for number in range(len(self.choices))]
        parts.blocks |= {f"prompt p{number}": text for number, (text, _) in enumerate(self.prompts, 1)}
        parts.blocks |= {f"choice {letters(number)}": text for number, text in enumerate(self.choices)}
        return parts


@dataclass
class Ordering:
    """Things in their right order."""

    items: Sequence[str]
    credit: str = "all"
    kind: str = "ordering"

    def parts(self) -> Parts:
        parts = Parts({"credit": self.credit} if self.credit != "all" else {})
        parts.keys["items"] = [{"id": letters(number)} for number in range(len(self.items))]
        parts.blocks |= {f"choice {letters(number)}": text for number, text in enumerate(self.items)}
        return parts


@dataclass
class Area:
    """A place in a picture: `circle` [x, y, r], `rect` [x, y, width, height], `polygon` [x1, y1, …]."""

    shape: str
    at: Sequence[int]
    correct: bool = False


@dataclass
class HotSpot:
    """Places to point at. `name` is the picture's among the exercise's own files."""

    name: str
    picture: bytes
    size: tuple[int, int]
    alt: str
    areas: Sequence[Area]
    pick: int = 0
    kind: str = "hot_spot"

    def parts(self) -> Parts:
        parts = Parts({"picture": self.name, "size": list(self.size)}, {"alt": self.alt})
        if self.pick:
            parts.keys["pick"] = self.pick
        parts.keys["areas"] = [
            {"id": letters(number), "shape": area.shape, "at": list(area.at)}
            | ({"correct": True} if area.correct else {})
            for number, area in enumerate(self.areas)
        ]
        parts.files[self.name] = self.picture
        return parts


@dataclass
class Test:
    """One look at a learner's program: an expression and the literal it must give, or what is printed."""

    call: str = ""
    expect: str = ""
    output: str = ""
    hidden: bool = False
    absolute: str = ""
    relative: str = ""

    def row(self) -> dict[str, Any]:
        """The keys of one `[[tests]]`."""
        row: dict[str, Any] = {"call": self.call, "expect": self.expect} if self.call else {"output": self.output}
        if self.absolute or self.relative:
            row["compare"] = "close"
            row |= {key: value for key, value in (("absolute", self.absolute), ("relative", self.relative)) if value}
        return row | ({"hidden": True} if self.hidden else {})


@dataclass
class Code:
    """A program with function tests."""

    starter: str
    solution: str
    tests: Sequence[Test]
    libraries: Sequence[str] = ()
    data: dict[str, bytes] = field(default_factory=dict)
    kind: str = "python_code"

    def parts(self) -> Parts:
        parts = Parts({"libraries": list(self.libraries)} if self.libraries else {})
        parts.keys["tests"] = [test.row() for test in self.tests]
        parts.files = {"solution.py": self.solution.encode(), "starter.py": self.starter.encode()}
        parts.files |= {f"files/{name}": content for name, content in self.data.items()}
        return parts


@dataclass
class Cell:
    """One cell of a notebook: its words, what the editor shows first, the model solution, its tests."""

    name: str
    words: str
    starter: str
    solution: str
    tests: Sequence[Test] = ()


@dataclass
class Cells:
    """A notebook whose cells share their names."""

    cells: Sequence[Cell]
    libraries: Sequence[str] = ()
    data: dict[str, bytes] = field(default_factory=dict)
    kind: str = "python_cells"

    def parts(self) -> Parts:
        parts = Parts({"libraries": list(self.libraries)} if self.libraries else {})
        rows = []
        for cell in self.cells:
            tests = [test.row() for test in cell.tests]
            rows.append({"id": cell.name} | ({"tests": tests} if tests else {}))
            parts.blocks[f"cell {cell.name}"] = cell.words
            parts.files[f"cells/{cell.name}.py"] = cell.starter.encode()
            parts.files[f"solution/{cell.name}.py"] = cell.solution.encode()
        parts.keys["cells"] = rows
        parts.files |= {f"files/{name}": content for name, content in self.data.items()}
        return parts


@dataclass
class FreeText:
    """A text that people mark with one criterion: `criterion` are its words. `example` is a model answer."""

    criterion: str
    levels: tuple[str, str, str]
    points: int
    longest: int = 4_000
    shortest: int = 0
    example: str = ""
    kind: str = "free_text"

    def parts(self) -> Parts:
        names = ("none", "partly", "fully")
        half = f"{self.points // 2}" if self.points % 2 == 0 else f"{self.points / 2:.1f}"
        amounts = ("0", half, str(self.points))
        levels = [{"id": name, "points": amount} for name, amount in zip(names, amounts, strict=True)]
        keys: dict[str, Any] = {"longest": self.longest} | ({"shortest": self.shortest} if self.shortest else {})
        parts = Parts(keys | ({"example": True} if self.example else {}))
        parts.keys["rubric"] = [{"id": "answer", "points": self.points, "levels": levels}]
        parts.blocks["criterion answer"] = self.criterion
        parts.blocks |= {f"level answer {name}": text for name, text in zip(names, self.levels, strict=True)}
        if self.example:
            parts.blocks["example"] = self.example
        return parts
