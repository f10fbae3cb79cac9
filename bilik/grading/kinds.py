"""The kinds of exercise: one folder each under `checkers/`. Add one = copy a neighbour and name it here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

from bilik.grading.checkers.fill_blanks import checker as fill_blanks
from bilik.grading.checkers.free_text import checker as free_text
from bilik.grading.checkers.hot_spot import checker as hot_spot
from bilik.grading.checkers.matching import checker as matching
from bilik.grading.checkers.multiple_choice import checker as multiple_choice
from bilik.grading.checkers.numeric import checker as numeric
from bilik.grading.checkers.ordering import checker as ordering
from bilik.grading.checkers.parsons import checker as parsons
from bilik.grading.checkers.predict_output import checker as predict_output
from bilik.grading.checkers.project import checker as project
from bilik.grading.checkers.python_cells import checker as python_cells
from bilik.grading.checkers.python_code import checker as python_code
from bilik.grading.checkers.short_text import checker as short_text
from bilik.grading.checkers.single_choice import checker as single_choice
from bilik.grading.checkers.sql import checker as sql
from bilik.grading.checkers.table import checker as table
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Verdict
from runner.job import Job
from runner.result import Result

Spec = Mapping[str, Any]
Run = Callable[[Job], Result]


class Files(Protocol):
    """What a kind may read of its folder."""

    data: dict[str, bytes]
    pictures: dict[str, bytes]

    def text(self, name: str) -> str: ...


class Checker(Protocol):
    """What a kind's `checker` module offers.

    A *spec* is a JSON-able dictionary that the kind itself makes in `read` and understands in the other functions; it
    holds the key, so it never leaves the server. An *answer* is JSON-able too and is what gets stored.
    """

    VERSION: int
    """Goes up when the same answer could get another verdict than before."""

    NEEDS_SANDBOX: bool
    """Whether checking an answer runs a program (then it may queue). A spec whose key `sandbox` is false needs none;
    any other says in `limits` how many `cpu_seconds` that may take, as python_code does."""

    BLOCKS: Mapping[str, Block]
    """The blocks of exercise.LANG.md that this kind takes, by their word. What two kinds call alike is alike."""

    def read(self, table: Table, files: Files) -> Spec:
        """The spec from the author's table; problems are noted on the table."""

    def prepare(self, spec: Spec, run: Run) -> Spec:
        """What can be worked out once, before the first answer (the output of a program to predict)."""

    def sayings(self, spec: Spec) -> set[str]:
        """The names of all feedback blocks that this spec can say."""

    def blocks(self, spec: Spec) -> Mapping[str, Collection[str]]:
        """Each block that every language must have ("choice a"), with the places `[[id]]` that must stand in it."""

    def controls(self, spec: Spec) -> Sequence[Mapping[str, Any]]:
        """What the page has to ask with: plain data without the key. The order of choices is part of it."""

    def parse(self, spec: Spec, fields: Mapping[str, Sequence[str]]) -> Any:
        """The answer from what a form or a file holds. Raises InvalidAnswer."""

    def fields(self, spec: Spec, answer: Any) -> dict[str, list[str]]:
        """The form that would send this answer, which `parse` reads. `fields_of` does for most kinds.

        The answer is one that was stored, or one that an author wrote, whatever that is. Raises InvalidAnswer.
        """

    def normal(self, spec: Spec, answer: Any) -> Any:
        """The normal form of an answer: JSON-able, readable, and equal for answers that this kind holds to be the same.

        `normal_of` does for most kinds. What it reads of the spec is alike in every variant.
        """

    def check(self, spec: Spec, answer: Any, run: Run) -> Verdict:
        """The verdict. Raises PlatformFault when the platform failed, never because of the answer."""

    def model_answer(self, spec: Spec, solution: str) -> Any:
        """The answer that the author holds to be right; `solution` is the text of solution.py."""


KINDS: dict[str, Checker] = {
    "free_text": free_text,
    "fill_blanks": fill_blanks,
    "hot_spot": hot_spot,
    "matching": matching,
    "multiple_choice": multiple_choice,
    "numeric": numeric,
    "ordering": ordering,
    "parsons": parsons,
    "predict_output": predict_output,
    "project": project,
    "python_cells": python_cells,
    "python_code": python_code,
    "short_text": short_text,
    "single_choice": single_choice,
    "sql": sql,
    "table": table,
}

# The kinds whose answers a checker grades; the others have a rubric, by which people mark.
CHECKED_KINDS = frozenset(name for name, checker in KINDS.items() if "criterion" not in checker.BLOCKS)


def is_marked_kind(kind: str) -> bool:
    """Whether people mark the answers to tasks of this kind: then its words name the criteria of a rubric."""
    return "criterion" in KINDS[kind].BLOCKS


def known_blocks() -> dict[str, Block]:
    """The blocks of all kinds by their word."""
    return {word: block for checker in KINDS.values() for word, block in checker.BLOCKS.items()}
