"""Cells of Otter-Grader: raw cells mark where a question, its solution and its tests begin and end."""

from __future__ import annotations

import ast
import re

from bilik.exchange.bodies import Test
from bilik.exchange.importers.notebook.cells import NotebookCell
from bilik.exchange.importers.notebook.question import Context, Group, asserted, graded_program, marked_text
from bilik.exchange.model import Exercise
from bilik.exchange.programs import parsed
from bilik.exchange.scopes import Found
from bilik.grading.checkers.python_code.reading import is_literal

_MARK = re.compile(r"^\s*#\s*(BEGIN|END)\s+(QUESTION|PROMPT|SOLUTION|TESTS)\b", re.IGNORECASE)
_CONFIG = re.compile(
    r'^"""\s*#\s*BEGIN TEST CONFIG\n(.*?)^"""\s*#\s*END TEST CONFIG[^\n]*\n?', re.DOTALL | re.MULTILINE
)
_PROMPT = re.compile(
    r'^([ \t]*)"""\s*#\s*BEGIN PROMPT\n(.*?)^[ \t]*"""[;]?\s*#\s*END PROMPT[^\n]*\n?', re.DOTALL | re.MULTILINE
)
_REGION = re.compile(
    r"^([ \t]*)#\s*BEGIN SOLUTION(\s+NO PROMPT)?[^\n]*\n(.*?)^[ \t]*#\s*END SOLUTION[^\n]*\n?", re.DOTALL | re.MULTILINE
)
_LINE = re.compile(
    r"^([ \t]*(?:[\w.\[\]'\", ]+?\s*=(?!=)\s*|return\s+)?).*?#\s*SOLUTION(\s+NO PROMPT)?\s*$", re.MULTILINE
)


def is_mark(cell: NotebookCell) -> bool:
    """Whether a cell is one of Otter's marks."""
    return cell.kind == "raw" and _mark(cell) is not None


def _mark(cell: NotebookCell) -> tuple[str, str] | None:
    match = _MARK.match(cell.source) if cell.kind == "raw" else None
    return (match[1].upper(), match[2].upper()) if match else None


def groups(cells: list[NotebookCell]) -> list[NotebookCell | Group]:
    """The cells in order, those of one question together. Marks themselves are nothing to read."""
    found: list[NotebookCell | Group] = []
    group: Group | None = None
    section = ""
    for cell in cells:
        mark = _mark(cell)
        if mark == ("BEGIN", "QUESTION"):
            group = _question(cell)
            found.append(group)
            section = ""
        elif mark == ("END", "QUESTION"):
            group = None
        elif mark is not None:
            section = mark[1] if mark[0] == "BEGIN" else ""
        elif cell.kind == "raw" and re.match(
            r"\s*#\s*(ASSIGNMENT CONFIG|BEGIN ASSIGNMENT|BEGIN ASSIGNMENT CONFIG)", cell.source
        ):
            continue
        elif group is None:
            found.append(cell)
        else:
            _add(group, cell, section)
    return found


def _question(cell: NotebookCell) -> Group:
    keys = dict(re.findall(r"^(\w+):[ \t]*([^\n#]+)", cell.source, re.MULTILINE))
    points = keys.get("points", "1").strip()
    kind = "question to mark" if keys.get("manual", "").strip().lower() == "true" else "autograded question"
    return Group(kind, keys.get("name", "").strip(" '\""), cell.line, [cell], points)


def _add(group: Group, cell: NotebookCell, section: str) -> None:
    group.cells.append(cell)
    if section == "TESTS" and cell.kind == "code":
        group.tests.append((cell, _is_hidden(cell.source)))
    elif section == "SOLUTION" and cell.kind == "code":
        group.solution += _solution(cell.source) + "\n"
        group.starter += _starter(cell.source) + "\n"
        group.example += f"```python\n{_solution(cell.source).strip()}\n```\n"
    elif section == "SOLUTION":
        group.example += cell.source + "\n"
    elif cell.kind == "markdown" and not section:
        group.words.append(cell)


def _is_hidden(source: str) -> bool:
    config = _CONFIG.search(source)
    if config:
        return re.search(r"^hidden:\s*true", config[1], re.MULTILINE | re.IGNORECASE) is not None
    return re.match(r"\s*#+\s*HIDDEN", source) is not None


def _without_ignored(source: str) -> str:
    """Without the lines that Otter leaves out of every version."""
    text = re.sub(
        r"^[ \t]*#\s*BEGIN IGNORE.*?^[ \t]*#\s*END IGNORE[^\n]*\n?", "", source, flags=re.DOTALL | re.MULTILINE
    )
    return re.sub(r"^[^\n]*#\s*IGNORE[ \t]*\n?", "", text, flags=re.MULTILINE)


def _solution(source: str) -> str:
    """What a teacher sees: without what is only for learners, and without the marks."""
    text = _PROMPT.sub("", _without_ignored(source))
    text = re.sub(r"^[ \t]*#\s*(?:BEGIN|END) SOLUTION[^\n]*\n?", "", text, flags=re.MULTILINE)
    return re.sub(r"[ \t]*#\s*SOLUTION(?: NO PROMPT)?[ \t]*$", "", text, flags=re.MULTILINE)


def _starter(source: str) -> str:
    """What a learner sees: three dots where the solution was."""
    text = _without_ignored(source)
    text = _REGION.sub(lambda m: "" if m[2] or _PROMPT.search(source) else f"{m[1]}...\n", text)
    text = _PROMPT.sub(lambda m: m[2], text)
    return _LINE.sub(lambda m: "" if m[2] else f"{m[1]}...", text)


def exercise(group: Group, context: Context) -> Exercise | None:
    """The exercise of a question; None, with the reason noted."""
    if group.kind == "question to mark" or (not group.tests and not group.solution):
        return marked_text(group, context)
    if not group.solution.strip():
        context.item.left("It is the version for learners, so there is no model solution; import the one for teachers.")
        return None
    if not group.tests:
        context.item.left("It has no tests.")
        return None
    found = Found()
    for cell, hidden in group.tests:
        source = _CONFIG.sub("", cell.source)
        if (test := _shown(source, cell)) is not None:
            test.hidden = hidden
            found.tests.append(test)
        elif any(isinstance(node, ast.Assert) for node in ast.walk(parsed(source) or ast.Module([], []))):
            more = asserted(group, context, [(source, cell.line, hidden)])
            found.tests += more.tests
            found.left += more.left
        else:
            found.left.append((cell.line, "What the cell shows is no literal, or it takes several steps."))
    return graded_program(group, context, found)


def _shown(source: str, cell: NotebookCell) -> Test | None:
    """A cell with one expression and the value that the notebook shows for it."""
    tree = parsed(source)
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr) or not cell.result:
        return None
    return Test(ast.unparse(tree.body[0]), cell.result.strip()) if is_literal(cell.result) else None
