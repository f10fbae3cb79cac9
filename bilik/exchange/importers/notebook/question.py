"""A question of a graded notebook, and how its code and tests become an exercise."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field

from bilik.exchange.asserts import read_tests
from bilik.exchange.bodies import Body, Cells
from bilik.exchange.importers.notebook.cells import NotebookCell
from bilik.exchange.markdown import tidy
from bilik.exchange.model import Exercise
from bilik.exchange.pictures import Pictures
from bilik.exchange.programs import missing_names, needed_before, parsed, program, without_magic
from bilik.exchange.prose import Prose, plain_words
from bilik.exchange.reading import Reading, free_text, texts_of, whole_points
from bilik.exchange.report import Item
from bilik.exchange.scopes import Found, Scope, names_in


@dataclass
class Group:
    """The cells of one question: its words, its program for learners and for teachers, its tests."""

    kind: str
    name: str
    line: int
    cells: list[NotebookCell]
    points: str = "1"
    starter: str = ""
    solution: str = ""
    tests: list[tuple[NotebookCell, bool]] = field(default_factory=list)
    words: list[NotebookCell] = field(default_factory=list)
    example: str = ""


@dataclass
class Context:
    """What is known around a question."""

    reading: Reading
    item: Item
    pictures: Pictures
    before: list[ast.stmt]
    take_text: Callable[[Item], tuple[str, dict[str, bytes]]]

    def task(self, group: Group) -> tuple[str, dict[str, bytes]]:
        """The words of the question: its own, or those right before it."""
        prose = Prose(self.item, self.pictures, 3)
        own = texts_of(tidy(cell.source, prose, line=cell.line) for cell in group.words)
        if own:
            return own, self.pictures.taken
        return self.take_text(self.item)


def graded_program(group: Group, context: Context, found: Found) -> Exercise | None:
    """An exercise whose tests were read into `found`."""
    before = _before(group, context)
    solution, starter = _whole(before, group.solution), _whole(before, group.starter)
    if before:
        context.item.changed("What it needs of earlier cells stands above its program.")
    body = program(starter, solution, found, context.item)
    if body is None:
        return None
    return made(group, context, body)


def made(group: Group, context: Context, body: Body) -> Exercise:
    """The exercise around a body."""
    task, pictures = context.task(group)
    if isinstance(body, Cells):
        for cell in body.cells:
            cell.words = cell.words or "`In [ ]`"
    title = _title(group, task)
    points = whole_points(group.points, context.item.changed)
    return Exercise(
        title,
        task or title,
        body,
        context.item,
        name=group.name,
        points=points,
        pictures={**pictures, **context.pictures.taken},
    )


def marked_text(group: Group, context: Context) -> Exercise:
    """A question that a person marks."""
    context.item.changed("A person marks it, with a rubric of one criterion that has all the points.")
    points = whole_points(group.points, lambda _: None)
    example = tidy(group.example, Prose(context.item, context.pictures, 3), line=group.line)
    return made(group, context, free_text(context.reading, points, example=example))


def _title(group: Group, task: str) -> str:
    for line in task.split("\n"):
        if line.startswith("#"):
            return plain_words(line.lstrip("# "))
    return group.name.replace("_", " ").replace("-", " ") or plain_words(task) or "…"


def _before(group: Group, context: Context) -> str:
    tree = parsed(without_magic(group.solution))
    if tree is None:
        return ""
    wanted = missing_names(tree)
    defined = names_in(tree)
    for cell, _ in group.tests:
        if test := parsed(without_magic(cell.source)):
            wanted |= missing_names(test) - defined
            context.before += [node for node in test.body if isinstance(node, ast.Import | ast.ImportFrom)]
            wanted |= names_in(ast.Module([n for n in test.body if isinstance(n, ast.Import | ast.ImportFrom)], []))
    return needed_before(wanted - defined, context.before)


def _whole(before: str, program: str) -> str:
    plain = without_magic(program).strip("\n")
    return f"{before}\n\n\n{plain}\n" if before else f"{plain}\n"


def asserted(group: Group, context: Context, parts: list[tuple[str, int, bool]]) -> Found:
    """The tests in pieces of code: (code, line of its cell, whether they are hidden)."""
    found = Found()
    tree = parsed(_whole(_before(group, context), group.solution))
    scope = Scope(names_in(tree) if tree else set())
    for source, line, hidden in parts:
        scope.hidden = hidden
        test = parsed(without_magic(source))
        if test is None:
            found.left.append((line, "A cell of tests that is not Python."))
            continue
        first = len(found.left)
        read_tests(test.body, scope, found)
        found.left[first:] = [(line, why) for _, why in found.left[first:]]
    return found
