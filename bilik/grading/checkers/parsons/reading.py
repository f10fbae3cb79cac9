"""The author's side of a Parsons problem: from program.py, distractors.py and TOML to a spec."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bilik.grading.checkers.parsons.lines import DEEPEST, MOST_LINES, STEP
from bilik.grading.checkers.python_code import checker as python_code
from bilik.grading.problems import Table

CREDITS = ("all", "lines")
_LONGEST_LINE = 200


@dataclass(frozen=True)
class _Files:
    """The folder as a code exercise wants it: the program is the model solution."""

    data: dict[str, bytes]
    program: str

    def text(self, name: str) -> str:
        return self.program if name == "solution.py" else ""


def read_spec(table: Table, files: Any) -> dict[str, Any]:
    """Everything a Parsons problem says beyond what all kinds say."""
    program = files.text("program.py")
    lines = _with_ids(_read_lines(table, program, "program.py"), [])
    distractors = _with_ids(_read_lines(table, files.text("distractors.py"), "distractors.py"), lines)
    if not 2 <= len(lines) <= MOST_LINES or len(lines) + len(distractors) > MOST_LINES:
        message = f"program.py has 2 to {MOST_LINES} lines, together with those of distractors.py."
        table.problem("", message, code="lines")
    for line in distractors:
        if line["text"] in [other["text"] for other in lines]:
            message = f"The line {line['text']!r} of distractors.py also stands in program.py."
            table.problem("", message, code="double-line")
    spec: dict[str, Any] = {
        "lines": lines,
        "distractors": distractors,
        "given_indent": table.flag("given_indent"),
        "sandbox": table.has("tests"),
        "code": None,
        "free": [],
        "credit": "all",
        "feedback": [],
    }
    if table.has("tests"):
        code = python_code.read(table, _Files(files.data, program))
        return spec | {"code": code, "limits": code["limits"]}
    return spec | {
        "free": _read_free(table, lines),
        "credit": table.one_of("credit", CREDITS, "all"),
        "feedback": [_read_rule(row, lines, distractors) for row in table.tables("feedback")],
    }


def _read_lines(table: Table, source: str, file: str) -> list[tuple[str, int]]:
    lines = []
    for number, line in enumerate(source.split("\n"), 1):
        text = line.strip()
        if not text:
            continue
        spaces = len(line) - len(line.lstrip(" "))
        if line[spaces].isspace() or spaces % STEP or spaces // STEP > DEEPEST:
            message = (
                f"Line {number} of {file} is not indented by {STEP} spaces for each step, at most {DEEPEST} steps."
            )
            table.problem("", message, code="indent")
        if len(text) > _LONGEST_LINE:
            table.problem("", f"Line {number} of {file} is longer than {_LONGEST_LINE} characters.", code="long-line")
        lines.append((text, spaces // STEP))
    return lines


def _with_ids(lines: Sequence[tuple[str, int]], others: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each line with an id that tells nothing of its place: a digest of its text, and of which of its equals it is."""
    seen = [line["text"] for line in others]
    made = []
    for text, indent in lines:
        digest = hashlib.blake2b(f"{seen.count(text)}/{text}".encode("utf-8", "replace"), digest_size=4).hexdigest()
        seen.append(text)
        made.append({"id": digest, "text": text, "indent": indent})
    return made


def _read_free(table: Table, lines: Sequence[dict[str, Any]]) -> list[list[int]]:
    groups: list[list[int]] = []
    for row in table.tables("free"):
        numbers = row.wholes("lines", low=1, high=max(1, len(lines)))
        if len(set(numbers)) < 2 or len(set(numbers)) != len(numbers):
            row.problem("lines", "`lines` names two or more different lines of program.py.")
        groups.append([number for number in numbers if number <= len(lines)])
        row.leave_no_rest()
    by_line: dict[tuple[str, int], set[tuple[int, ...]]] = {}
    for place, line in enumerate(lines, 1):
        home = tuple(number for number, group in enumerate(groups) if place in group)
        by_line.setdefault((line["text"], line["indent"]), set()).add(home)
    if any(len(homes) > 1 or len(home) > 1 for homes in by_line.values() for home in homes):
        message = "A line, and every line equal to it, belongs to one group of [[free]] or to none."
        table.problem("free", message, code="free")
    return groups


def _read_rule(row: Table, lines: Sequence[dict[str, Any]], distractors: Sequence[dict[str, Any]]) -> dict[str, Any]:
    rule: dict[str, Any] = {"say": row.text("say")}
    if row.has("distractor"):
        rule["distractor"] = _line_id(row, "distractor", distractors)
    else:
        rule["line"] = _line_id(row, "line", lines)
        if row.has("indent"):
            rule["indent"] = row.whole("indent", 0, low=0, high=DEEPEST)
        else:
            rule["before"] = _line_id(row, "before", lines)
    row.leave_no_rest()
    return rule


def _line_id(row: Table, key: str, lines: Sequence[dict[str, Any]]) -> str:
    number = row.whole(key, None, low=1, high=max(1, len(lines)))
    if number > len(lines):
        row.problem(key, "There is no such line.", code="no-line")
        return ""
    return str(lines[number - 1]["id"])
