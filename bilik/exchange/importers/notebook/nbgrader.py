"""Cells of nbgrader: what is a solution, what is a test, and the marks between which both are hidden."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from bilik.exchange.importers.notebook.cells import NotebookCell
from bilik.exchange.importers.notebook.question import Context, Group, asserted, graded_program, marked_text
from bilik.exchange.model import Exercise

_SOLUTION = re.compile(
    r"^([ \t]*)###\s*BEGIN SOLUTION.*?\n(.*?)^[ \t]*###\s*END SOLUTION[^\n]*$", re.DOTALL | re.MULTILINE
)
_HIDDEN = re.compile(
    r"^[ \t]*###\s*BEGIN HIDDEN TESTS[^\n]*\n(.*?)^[ \t]*###\s*END HIDDEN TESTS[^\n]*$", re.DOTALL | re.MULTILINE
)
_EMPTY = re.compile(r"raise\s+NotImplementedError|YOUR CODE HERE|YOUR ANSWER HERE")


def _meta(cell: NotebookCell) -> dict[str, Any]:
    found = cell.meta.get("nbgrader")
    return found if isinstance(found, dict) else {}


def _is(cell: NotebookCell, key: str) -> bool:
    return _meta(cell).get(key) is True


def groups(cells: list[NotebookCell]) -> list[NotebookCell | Group]:
    """The cells in order, those of one question together."""
    found: list[NotebookCell | Group] = []
    for cell in cells:
        last = next((each for each in reversed(found) if isinstance(each, Group)), None)
        if _is(cell, "task"):
            found.append(_group("task to mark", cell, words=[cell]))
        elif _is(cell, "solution") and _is(cell, "grade"):
            group = _group("answer to mark", cell)
            group.example = _without_marks(cell.source)
            found.append(group)
        elif _is(cell, "solution"):
            found.append(_program(cell))
        elif _is(cell, "grade") and isinstance(last, Group) and last.kind == "autograded answer":
            last.tests.append((cell, False))
            last.cells.append(cell)
            points = [
                float(_meta(test).get("points") or 0) for test, _ in last.tests if _number(_meta(test).get("points"))
            ]
            last.points = f"{sum(points):g}" if sum(points) else "1"
        elif _is(cell, "grade"):
            group = _group("tests alone", cell)
            found.append(group)
        else:
            found.append(cell)
    return found


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1_000


def _group(kind: str, cell: NotebookCell, words: list[NotebookCell] | None = None) -> Group:
    points = _meta(cell).get("points")
    name = str(_meta(cell).get("grade_id") or "")[:80]
    return Group(kind, name, cell.line, [cell], str(points) if _number(points) and points else "1", words=words or [])


def _program(cell: NotebookCell) -> Group:
    group = _group("autograded answer", cell)
    group.solution = _without_marks(cell.source)
    if _SOLUTION.search(cell.source):
        group.starter = _SOLUTION.sub(
            lambda m: f"{m[1]}# YOUR CODE HERE\n{m[1]}raise NotImplementedError()", cell.source
        )
    else:
        # Without marks all of the cell is the solution, and nbgrader shows nothing of it.
        group.starter = "# YOUR CODE HERE\nraise NotImplementedError()\n"
    return group


def _without_marks(source: str) -> str:
    return _SOLUTION.sub(lambda m: m[2].rstrip("\n"), source)


def exercise(group: Group, context: Context) -> Exercise | None:
    """The exercise of a question; None, with the reason noted."""
    if group.kind == "tests alone":
        context.item.left("Tests without a cell for the answer before them.")
        return None
    if group.kind != "autograded answer":
        if _EMPTY.search(group.example):
            group.example = ""
        if group.example and group.cells[0].kind == "code":
            group.example = f"```python\n{group.example.strip()}\n```"
            context.item.changed("A program that a person marks is handed in as text.")
        return marked_text(group, context)
    if _EMPTY.search(group.solution):
        context.item.left("It is the version for learners, so there is no model solution; import the one for teachers.")
        return None
    if not group.tests:
        context.item.left("There are no tests after it.")
        return None
    parts = []
    for cell, _ in group.tests:
        parts.append((_HIDDEN.sub("", cell.source), cell.line, False))
        parts += [(textwrap.dedent(match[1]), cell.line, True) for match in _HIDDEN.finditer(cell.source)]
    return graded_program(group, context, asserted(group, context, parts))
