"""What the kinds that people mark have in common: a rubric, who marks, and a model answer in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bilik.grading.problems import Table
from bilik.grading.rubric import read_rubric, rubric_blocks
from bilik.grading.text import Block

MARKED_BLOCKS: Mapping[str, Block] = {
    "criterion": Block(),
    "level": Block(2),
    "example": Block(0, shown="text"),
}
MOST_PEERS = 7


def read_marked(table: Table) -> dict[str, Any]:
    """`[[rubric]]`, `marked_by`, `peers`, `example`."""
    marked_by = table.one_of("marked_by", ("trainer", "peers"), "trainer")
    peers = table.whole("peers", 3, low=2, high=MOST_PEERS)
    if table.has("peers") and marked_by != "peers":
        table.problem("peers", '`peers` goes with `marked_by = "peers"`.')
    return {
        "rubric": read_rubric(table),
        "marked_by": marked_by,
        "peers": peers if marked_by == "peers" else 0,
        "example": table.flag("example"),
    }


def marked_blocks(spec: Mapping[str, Any]) -> dict[str, Collection[str]]:
    """The words of the rubric, and the model answer where the author promises one."""
    return {**rubric_blocks(spec["rubric"]), **({"example": ()} if spec["example"] else {})}
