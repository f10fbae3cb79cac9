"""A text that people mark with a rubric."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bilik.grading.answers import LONGEST_TEXT, InvalidAnswer, fields_of, normal_of, one_text
from bilik.grading.checkers.marked import MARKED_BLOCKS, marked_blocks, read_marked
from bilik.grading.problems import Table
from bilik.grading.rubric import needs_marking
from bilik.grading.text import Block
from bilik.grading.verdict import Verdict

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = MARKED_BLOCKS


def read(table: Table, files: Any) -> dict[str, Any]:
    """The rubric, `shortest` and `longest` in characters."""
    spec = read_marked(table)
    spec["shortest"] = table.whole("shortest", 0, low=0, high=LONGEST_TEXT)
    spec["longest"] = table.whole("longest", 4_000, low=1, high=LONGEST_TEXT)
    if spec["shortest"] > spec["longest"]:
        table.problem("shortest", "`shortest` is more than `longest`.")
    return spec


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """No feedback of the author's: people write it."""
    return set()


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """The words of the rubric."""
    return marked_blocks(spec)


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """A large field, and the rubric beside it."""
    lengths = {"shortest": spec["shortest"], "longest": spec["longest"]}
    return [{"control": "text", "name": "answer", **lengths}, {"control": "rubric", "rubric": spec["rubric"]}]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> str:
    """The text as typed, without empty lines around it."""
    text = one_text(fields, longest=spec["longest"]).strip()
    if len(text) < spec["shortest"]:
        raise InvalidAnswer("invalid.too_short", shortest=spec["shortest"], length=len(text))
    return text


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """The field `answer`."""
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The text."""
    return normal_of(answer)


def check(spec: Mapping[str, Any], answer: str, run: Any) -> Verdict:
    """People decide."""
    return needs_marking(spec["points"])


def model_answer(spec: Mapping[str, Any], solution: str) -> str:
    """None that could be sent: what a good answer looks like is the block `example`."""
    return ""
